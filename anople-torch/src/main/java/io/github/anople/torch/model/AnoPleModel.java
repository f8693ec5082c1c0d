package io.github.anople.torch.model;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.Contexts;
import io.github.anople.torch.prompt.PromptLearner;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * A frozen CLIP with what is learned on top of it.
 *
 * @param clip the backbone
 * @param prompts contexts, couplings, view signals
 * @param texts the words of the classes
 * @param decoder dense features from patch rows
 */
public record AnoPleModel(
    ClipModel clip, PromptLearner prompts, ClassTexts texts, Decoder decoder) {

  /**
   * What the model makes of a batch of views.
   *
   * @param texts t⁺ and t⁻, {@code [2, d]} of unit length
   * @param features z⁰, {@code [views, d]} of unit length
   * @param patches patch rows of the last layer, {@code [views, n, d_v]}
   * @param dense D, {@code [views, 4G, 4G, d]}
   * @param logits pixel logits, {@code [views, 2, 4G, 4G]}, normal first
   * @param layers patch rows after the layers asked for, by 1-based number
   */
  public record Output(
      Tensor texts,
      Tensor features,
      Tensor patches,
      Tensor dense,
      Tensor logits,
      Map<Integer, Tensor> layers) {}

  /**
   * t⁺ and t⁻ for the contexts at hand.
   *
   * @param contexts of {@link PromptLearner#contexts}
   * @return {@code [2, d]} of unit length
   */
  public Tensor textFeatures(Contexts contexts) {
    return texts.features(clip, contexts.forTexts());
  }

  /**
   * The method's forward pass: encode with prompts, decode, compare with the texts.
   *
   * @param images {@code [views, 3, S, S]}, normalised RGB
   * @param rows prompts of the image tower, or null
   * @param textFeatures {@code [2, d]} of unit length
   * @param layers 1-based numbers of the layers whose patch rows are wanted
   * @return tensors of the current scope
   */
  public Output forward(Tensor images, PromptRows rows, Tensor textFeatures, Set<Integer> layers) {
    VisionEncoder.Output seen = clip.vision().encode(images, rows, layers);
    Tensor features = Tensors.normalize(seen.image());
    Tensor dense = decoder.decode(clip.vision(), seen.patches());
    Tensor logits = Decoder.logits(dense, textFeatures, clip.logitScale());
    return new Output(textFeatures, features, seen.patches(), dense, logits, seen.layers());
  }
}
