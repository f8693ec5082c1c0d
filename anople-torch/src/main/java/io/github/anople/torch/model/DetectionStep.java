package io.github.anople.torch.model;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.GaussianBlur;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.prompt.Contexts;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Detection, from a view to a score and a map. The twin of the training step.
 *
 * @param model what was trained
 * @param contexts its prompts, computed once
 * @param texts t⁺ and t⁻, {@code [2, d]}, computed once
 * @param wholeView row of the view signal that stands for the whole image
 * @param memory R, or null
 * @param memoryLayers layers that the memory reads, 1-based
 * @param blur of {@link GaussianBlur#matrix}
 */
public record DetectionStep(
    AnoPleModel model,
    Contexts contexts,
    Tensor texts,
    long wholeView,
    MemoryBank memory,
    Set<Integer> memoryLayers,
    Tensor blur) {

  /**
   * What detection says of a batch, and what it is made of.
   *
   * @param imageProbability p̂, {@code [images]}
   * @param pixelProbability M̂, {@code [images, S, S]}
   * @param memoryDistance M_mem, {@code [images, S, S]}; null without memory
   * @param combined M_q, {@code [images, S, S]}, not blurred
   * @param score {@code [images]}
   * @param map M_q blurred, {@code [images, S, S]}
   * @param feature z⁰, {@code [images, d]} of unit length
   */
  public record Result(
      Tensor imageProbability,
      Tensor pixelProbability,
      Tensor memoryDistance,
      Tensor combined,
      Tensor score,
      Tensor map,
      Tensor feature) {}

  /**
   * View → encode → decode + memory → fuse → score (section 7 of the method's page, eq. 12–14).
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @return tensors of the current scope
   */
  public Result detect(Tensor images) {
    ClipModel clip = model.clip();
    VisionEncoder.Output seen =
        clip.vision().encode(images, contexts.forViews(wholeView), memoryLayers);
    Tensor features = Tensors.normalize(seen.image());
    Tensor imageProbability = imageProbability(features);
    long side = images.size(2);
    Tensor logits = model.decoder().logits(clip.vision(), seen.patches(), texts, clip.logitScale());
    Tensor pixels = torch.softmax(Decoder.enlarge(logits, side), 1).select(1, 1);
    Tensor distance = memory == null ? null : memoryDistance(seen, side);
    Tensor combined = memory == null ? pixels : Fusion.harmonic(pixels, distance);
    Tensor score =
        Fusion.harmonic(imageProbability, combined.flatten(1, 2).amax(new long[] {1}, false));
    return new Result(
        imageProbability,
        pixels,
        distance,
        combined,
        score,
        GaussianBlur.apply(combined, blur),
        features);
  }

  /**
   * Patch features of pictures, as the memory keeps them.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @return {@code [images, n, d_v]}, each row of unit length
   */
  public Tensor memoryFeatures(Tensor images) {
    return MemoryBank.features(
        model
            .clip()
            .vision()
            .encode(images, contexts.forViews(wholeView), memoryLayers)
            .layers()
            .values());
  }

  private Tensor imageProbability(Tensor features) {
    Tensor logits = torch.matmul(features, texts.t()).mul(new Scalar(model.clip().logitScale()));
    return torch.softmax(logits, 1).select(1, 1);
  }

  private Tensor memoryDistance(VisionEncoder.Output seen, long side) {
    long grid = model.clip().config().vision().grid();
    Tensor coarse =
        memory.distances(MemoryBank.features(seen.layers().values())).view(-1, 1, grid, grid);
    return Decoder.enlarge(coarse, side).squeeze(1);
  }
}
