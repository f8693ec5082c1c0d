package io.github.anople.torch.loss;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The objective's terms, scalars of the current scope; a term that is switched off is null.
 *
 * @param dice eq. 9
 * @param focal eq. 9
 * @param cePixel eq. 8
 * @param ceLatent eq. 8
 * @param align eq. 10
 * @param total their sum, which is minimised
 */
public record LossTerms(
    Tensor dice, Tensor focal, Tensor cePixel, Tensor ceLatent, Tensor align, Tensor total) {

  /**
   * The terms without the graph that led to them, to be read when that is gone.
   *
   * @return scalars of the current scope
   */
  public LossTerms detached() {
    return each(Tensor::detach);
  }

  /**
   * The same terms, which outlive the current scope.
   *
   * @param owner frees them
   * @return scalars of the owner
   */
  public LossTerms keptBy(OwnedTensors owner) {
    return each(owner::keep);
  }

  private LossTerms each(UnaryOperator<Tensor> change) {
    return new LossTerms(
        changed(dice, change),
        changed(focal, change),
        changed(cePixel, change),
        changed(ceLatent, change),
        changed(align, change),
        changed(total, change));
  }

  private static Tensor changed(Tensor term, UnaryOperator<Tensor> change) {
    return term == null ? null : change.apply(term);
  }

  /**
   * The terms of a step from those of two parts of its rows.
   *
   * @param others of the same settings
   * @return scalars of the current scope
   */
  public LossTerms plus(LossTerms others) {
    return new LossTerms(
        sum(dice, others.dice),
        sum(focal, others.focal),
        sum(cePixel, others.cePixel),
        sum(ceLatent, others.ceLatent),
        sum(align, others.align),
        sum(total, others.total));
  }

  private static Tensor sum(Tensor a, Tensor b) {
    return a == null ? null : a.add(b);
  }

  /**
   * The values as plain numbers, in one copy: waits until they are computed.
   *
   * @return values, NaN for a term that is off
   */
  public LossValues values() {
    Tensor[] terms = {dice, focal, cePixel, ceLatent, align, total};
    Tensor[] present =
        Arrays.stream(terms).filter(Objects::nonNull).map(Tensor::detach).toArray(Tensor[]::new);
    float[] numbers = Tensors.floats(torch.stack(new TensorVector(present)));
    float[] values = new float[terms.length];
    int at = 0;
    for (int i = 0; i < terms.length; i++) {
      values[i] = terms[i] == null ? Float.NaN : numbers[at++];
    }
    return new LossValues(values[0], values[1], values[2], values[3], values[4], values[5]);
  }
}
