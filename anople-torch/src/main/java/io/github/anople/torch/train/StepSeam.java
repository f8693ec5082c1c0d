package io.github.anople.torch.train;

import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.Contexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a step's graph is cut in two: on one side what all rows have in common, computed once; on
 * the other what is made of each row, computed apart.
 *
 * @param contexts context rows and view signals
 * @param texts t⁺ and t⁻, {@code [2, d]}
 * @param decoder the decoder's parameters, perhaps among others
 */
record StepSeam(Contexts contexts, Tensor texts, Parameters decoder) {

  /** The same numbers as the start of a graph of their own, for some rows. */
  StepSeam twins() {
    return new StepSeam(
        new Contexts(contexts.depth(), null, twin(contexts.vision()), twin(contexts.viewSignal())),
        Tensors.twin(texts),
        decoder.twins());
  }

  private static Tensor twin(Tensor tensor) {
    return tensor == null ? null : Tensors.twin(tensor);
  }

  /** What the rows need of the other side, in a fixed order. */
  private List<Tensor> tensors() {
    return Stream.concat(
            Stream.of(texts, contexts.vision(), contexts.viewSignal()).filter(Objects::nonNull),
            decoder.names().stream().map(decoder::get))
        .toList();
  }

  /**
   * What a graph that began here left behind.
   *
   * @return one a tensor, in a fixed order; undefined where there is none
   */
  List<Tensor> gradients() {
    return tensors().stream().map(Tensor::grad).toList();
  }

  /**
   * Carries the sum of the parts' gradients, taken in the order of the parts, through what they
   * have in common to the parameters.
   *
   * @param parts the {@link #gradients} of each part's twin
   */
  void backward(List<List<Tensor>> parts) {
    List<Tensor> tensors = tensors();
    List<Tensor> terms = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      int place = i;
      Tensor sum =
          parts.stream()
              .map(gradients -> gradients.get(place))
              .filter(Tensor::defined)
              .reduce(Tensor::add)
              .orElse(null);
      if (sum != null && tensors.get(i).requires_grad()) {
        // The gradient of this product is the sum, whatever it is computed from.
        terms.add(tensors.get(i).mul(sum).sum());
      }
    }
    terms.stream().reduce(Tensor::add).ifPresent(Tensor::backward);
  }
}
