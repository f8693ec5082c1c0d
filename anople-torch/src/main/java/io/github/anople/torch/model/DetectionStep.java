package io.github.anople.torch.model;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.GaussianBlur;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.prompt.Contexts;
import java.util.List;
import java.util.Optional;
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
 * @param memory R of the backbone's layers, or null
 * @param memoryLayers layers that it reads, 1-based
 * @param look all memories; without any, nothing is consulted
 * @param places of the patch grid at which a picture is looked at
 * @param imageScore how M_q becomes a number
 * @param fusion how p̂, M̂ and M_mem become one map and one score
 * @param blur of {@link GaussianBlur#matrix}
 */
public record DetectionStep(
    AnoPleModel model,
    Contexts contexts,
    Tensor texts,
    long wholeView,
    MemoryBank memory,
    Set<Integer> memoryLayers,
    MemoryLook look,
    GridShifts places,
    ImageScore imageScore,
    Fusion fusion,
    Tensor blur) {

  /**
   * What detection says of a batch, and what it is made of.
   *
   * @param imageProbability p̂, {@code [images]}
   * @param pixelProbability M̂, {@code [images, S, S]}
   * @param memoryDistance M_mem, {@code [images, S, S]}; null without memory
   * @param combined M_q, {@code [images, S, S]}, not blurred
   * @param score {@code [images]}
   * @param map M_q blurred, {@code [images, S, S]}; 0, as M̂, M_mem and M_q are, where ignored
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
   * View → encode → decode + memory → fuse → score (section 9 of the method's page, eq. 12–14). p̂,
   * M̂ and M_mem are means over the picture's copies, moved back, if it is looked at in several
   * places of the grid; then they are fused. M_mem of several encoders is their weighted mean.
   * Where a part of the images counts, patches outside of it have no say in any of them.
   *
   * @param seen the images
   * @return tensors of the current scope
   */
  public Result detect(Seen seen) {
    Tensor images = seen.images();
    Look sum = Look.nothing(images, model.clip().config().embedDim(), memory != null);
    Optional<Grids> grids = seen.counted().map(this::grids);
    List<Tensor> copies = places.of(images);
    for (int copy = 0; copy < copies.size(); copy++) {
      int at = copy;
      TensorScope.inference(
          () -> {
            sum.add(lookAt(copies.get(at), at, grids, seen.at()), at, places);
            return null;
          });
    }
    Scalar count = new Scalar((double) copies.size());
    Tensor imageProbability = sum.imageProbability().div_(count);
    Tensor pixels = mean(sum.pixelProbability(), count, grids.map(Grids::fine));
    Tensor own =
        memory == null ? null : mean(sum.memoryDistance(), count, grids.map(Grids::patches));
    Tensor distance = memory(own, seen);
    Tensor combined = combined(pixels, distance, seen.counted());
    Tensor worst =
        seen.counted()
            .map(some -> imageScore.of(combined, some.pixels()))
            .orElseGet(() -> imageScore.of(combined));
    return new Result(
        imageProbability,
        pixels,
        distance,
        combined,
        fusion.score(imageProbability, worst, distance == null ? 1 : 0.5),
        seen.counted()
            .map(some -> some.blurred(combined, blur))
            .orElseGet(() -> GaussianBlur.apply(combined, blur)),
        sum.feature());
  }

  /**
   * Which cells count, of images of which a part does.
   *
   * @param patches of the patch grid
   * @param fine of the decoder's
   */
  private record Grids(CountedGrid patches, CountedGrid fine) {}

  private Grids grids(Counted counted) {
    int grid = model.clip().config().vision().grid();
    return new Grids(counted.grid(places, grid), counted.grid(places, Decoder.UPSCALE * grid));
  }

  private static Tensor mean(Tensor sum, Scalar count, Optional<CountedGrid> grid) {
    return grid.map(some -> sum.mul_(some.whole())).orElseGet(() -> sum.div_(count));
  }

  private Tensor combined(Tensor pixels, Tensor distance, Optional<Counted> counted) {
    if (distance == null) {
      return pixels;
    }
    Tensor fused = fusion.map(pixels, distance);
    return counted.map(some -> fused.mul(some.pixels())).orElse(fused);
  }

  /**
   * The same for a detector without further encoders.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @return tensors of the current scope
   */
  public Result detect(Tensor images) {
    return detect(Seen.of(images));
  }

  private Tensor memory(Tensor own, Seen seen) {
    boolean none = own == null && look.further().isEmpty();
    return none ? null : look.mean(Optional.ofNullable(own), seen);
  }

  /** What is seen in one place of the grid, not fused yet; the parts as in {@link Result}. */
  private record Look(
      Tensor imageProbability, Tensor pixelProbability, Tensor memoryDistance, Tensor feature) {

    static Look nothing(Tensor images, long joint, boolean withMemory) {
      long count = images.size(0);
      long side = images.size(2);
      return new Look(
          images.new_zeros(count),
          images.new_zeros(count, side, side),
          withMemory ? images.new_zeros(count, side, side) : null,
          images.new_zeros(count, joint));
    }

    void add(Look look, int copy, GridShifts places) {
      imageProbability.add_(look.imageProbability());
      pixelProbability.add_(places.back(look.pixelProbability(), copy));
      if (memoryDistance != null) {
        memoryDistance.add_(places.back(look.memoryDistance(), copy));
      }
      if (copy == places.unmoved()) {
        feature.copy_(look.feature());
      }
    }
  }

  private Look lookAt(Tensor images, int copy, Optional<Grids> grids, List<Integer> places) {
    ClipModel clip = model.clip();
    VisionEncoder.Output seen =
        clip.vision().encode(images, contexts.forViews(wholeView), memoryLayers);
    Tensor features = Tensors.normalize(seen.image());
    long side = images.size(2);
    Tensor logits =
        model
            .decoder()
            .logits(
                clip.vision(),
                seen.patches(),
                grids.map(some -> some.patches().patches(copy)),
                texts,
                clip.logitScale());
    Tensor pixels = pixelProbability(logits, side, copy, grids.map(Grids::fine));
    Tensor distance =
        memory == null
            ? null
            : memoryDistance(
                memory.distances(MemoryBank.features(seen.layers().values()), places),
                side,
                copy,
                grids.map(Grids::patches));
    return new Look(imageProbability(features), pixels, distance, features);
  }

  /**
   * Patch features of pictures, as the memory keeps them.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @return {@code [images, n, d_v]}, each row of unit length
   */
  public Tensor memoryFeatures(Tensor images) {
    return look.own().orElseThrow().features().apply(images);
  }

  private Tensor imageProbability(Tensor features) {
    Tensor logits = torch.matmul(features, texts.t()).mul(new Scalar(model.clip().logitScale()));
    return torch.softmax(logits, 1).select(1, 1);
  }

  private static Tensor pixelProbability(
      Tensor logits, long side, int copy, Optional<CountedGrid> fine) {
    Tensor enlarged =
        fine.map(some -> some.enlarge(logits, copy)).orElseGet(() -> Decoder.enlarge(logits, side));
    Tensor pixels = torch.softmax(enlarged, 1).select(1, 1);
    return fine.map(some -> pixels.mul(some.moved().get(copy))).orElse(pixels);
  }

  private Tensor memoryDistance(
      Tensor distances, long side, int copy, Optional<CountedGrid> patches) {
    long grid = model.clip().config().vision().grid();
    Tensor coarse = distances.view(-1, 1, grid, grid);
    return patches
        .map(some -> some.enlarge(coarse, copy))
        .orElseGet(() -> Decoder.enlarge(coarse, side))
        .squeeze(1);
  }
}
