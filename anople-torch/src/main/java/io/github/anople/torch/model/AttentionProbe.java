package io.github.anople.torch.model;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.AttentionObserver;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.PromptShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Looks at the attention inside the towers while they encode with a model's prompts. What they
 * compute is what they compute without it.
 *
 * @param step the model
 */
public record AttentionProbe(DetectionStep step) {

  /**
   * The image tower's attention on an image as a whole.
   *
   * @param image of any size
   * @param view row of the view signal that goes with it; of no effect without view signals
   * @return contexts behind class token and patches
   */
  public TowerAttention vision(RgbImage image, int view) {
    return TensorScope.inference(
        () -> {
          Tensor images = Images.batch(step.model().clip(), List.of(image));
          List<FloatTensor> layers = new ArrayList<>();
          step.model()
              .clip()
              .vision()
              .encode(images, step.contexts().forViews(view), Set.of(), meansInto(layers));
          int patches = step.model().clip().config().vision().patches();
          return new TowerAttention(layers, visionRows(), 1 + patches);
        });
  }

  /**
   * The text tower's attention, averaged over the texts of all classes, normal and abnormal.
   *
   * @return contexts behind the start of text; what follows them are words, and behind a short text
   *     nothing that counts
   */
  public TowerAttention text() {
    return TensorScope.inference(
        () -> {
          List<FloatTensor> layers = new ArrayList<>();
          step.model()
              .clip()
              .text()
              .encode(step.model().texts().tokens(), step.contexts().forTexts(), meansInto(layers));
          return new TowerAttention(layers, textRows(), 1);
        });
  }

  /**
   * How many view signals there are.
   *
   * @return rows of c, the whole image's last; 0 for a model without
   */
  public int views() {
    return step.contexts().viewSignal() == null
        ? 0
        : Math.toIntExact(step.contexts().viewSignal().size(0));
  }

  private static AttentionObserver meansInto(List<FloatTensor> layers) {
    return (layer, probabilities) -> {
      Tensor mean = probabilities.to(ScalarType.Float).mean(0);
      List<Long> shape = Arrays.stream(Tensors.shape(mean)).boxed().toList();
      layers.add(new FloatTensor(shape, Tensors.floats(mean)));
    };
  }

  private List<ContextRow> visionRows() {
    PromptShape shape = step.model().prompts().shape();
    List<ContextRow> rows = new ArrayList<>();
    if (shape.interaction().visual()) {
      rows.addAll(Collections.nCopies(views() > 0 ? 1 : 0, ContextRow.VIEW_SIGNAL));
      rows.addAll(Collections.nCopies(shape.visualContext(), ContextRow.VISUAL));
    }
    if (shape.interaction().textToVisual()) {
      rows.addAll(Collections.nCopies(shape.textContext(), ContextRow.TEXTUAL));
    }
    return rows;
  }

  private List<ContextRow> textRows() {
    PromptShape shape = step.model().prompts().shape();
    List<ContextRow> rows = new ArrayList<>();
    if (shape.interaction().textual()) {
      rows.addAll(Collections.nCopies(shape.textContext(), ContextRow.TEXTUAL));
    }
    if (shape.interaction().visualToText()) {
      rows.addAll(Collections.nCopies(shape.visualContext(), ContextRow.VISUAL));
    }
    return rows;
  }
}
