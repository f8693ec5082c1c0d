package io.github.anople.torch.model;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.Contexts;
import io.github.anople.torch.prompt.PromptLearner;
import java.util.List;
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
   * @param dense D in parts, each {@code [views of the part, 4G, 4G, d]}
   * @param logits pixel logits, {@code [views, 2, 4G, 4G]}, normal first
   */
  public record Output(
      Tensor texts, Tensor features, Tensor patches, List<Tensor> dense, Tensor logits) {}

  /**
   * The same model with another decoder.
   *
   * @param other of the same backbone
   * @return a model
   */
  public AnoPleModel with(Decoder other) {
    return new AnoPleModel(clip, prompts, texts, other);
  }

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
   * The forward pass of training: encode with prompts, decode, compare with the texts.
   *
   * @param images {@code [views, 3, S, S]}, normalised RGB
   * @param rows prompts of the image tower, or null
   * @param textFeatures {@code [2, d]} of unit length
   * @return tensors of the current scope
   */
  public Output forward(Tensor images, PromptRows rows, Tensor textFeatures) {
    VisionEncoder.Output seen = clip.vision().encode(images, rows, Set.of());
    Tensor features = Tensors.normalize(seen.image());
    List<Tensor> dense = decoder.decodeInParts(clip.vision(), seen.patches());
    Tensor[] logits =
        dense.stream()
            .map(part -> Decoder.logits(part, textFeatures, clip.logitScale()))
            .toArray(Tensor[]::new);
    return new Output(textFeatures, features, seen.patches(), dense, Tensors.concat(0, logits));
  }
}
