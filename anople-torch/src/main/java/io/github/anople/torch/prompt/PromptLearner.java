package io.github.anople.torch.prompt;

import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The learned contexts, couplings and view signals (paper 3.2, eq. 1–6), turned into rows for the
 * two towers.
 */
public final class PromptLearner {

  private final PromptShape shape;
  private final Parameters parameters;

  /**
   * A prompt learner over parameters.
   *
   * @param shape which parameters exist, and their sizes
   * @param parameters those of {@link PromptShape#tensors}, perhaps among others; owned by the
   *     caller
   */
  public PromptLearner(PromptShape shape, Parameters parameters) {
    this.shape = shape;
    this.parameters = parameters;
  }

  /**
   * The sizes.
   *
   * @return never null
   */
  public PromptShape shape() {
    return shape;
  }

  /**
   * The rows of both towers for the parameters' present values, in the current scope and autograd
   * graph.
   *
   * @return rows to encode with
   */
  public Contexts contexts() {
    Interaction mode = shape.interaction();
    Tensor textual = mode.textual() ? parameters.get(PromptShape.TEXT_CONTEXT) : null;
    Tensor visual = mode.visual() ? parameters.get(PromptShape.VISUAL_CONTEXT) : null;
    Tensor signal =
        mode.visual() && shape.views() > 0 ? parameters.get(PromptShape.VIEW_SIGNAL) : null;
    return new Contexts(
        shape.depth(),
        mode.visualToText() ? join(textual, couple(PromptShape.VISUAL_TO_TEXT, visual)) : textual,
        mode.textToVisual() ? join(visual, couple(PromptShape.TEXT_TO_VISUAL, textual)) : visual,
        signal);
  }

  private static Tensor join(Tensor own, Tensor others) {
    return Tensors.concat(1, own, others);
  }

  /**
   * y = W x + b applied to each row, one map for all layers: {@code [J, C, from]} to {@code [J, C,
   * to]}.
   */
  private Tensor couple(String name, Tensor rows) {
    return torch.linear(
        rows, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
  }
}
