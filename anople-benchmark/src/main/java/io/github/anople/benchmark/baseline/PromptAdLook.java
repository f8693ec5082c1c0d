package io.github.anople.benchmark.baseline;

import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What PromptAD sees of pictures: CLIP's feature of the whole, the patches of its stream of values,
 * and patch rows of its own stream for the memory.
 *
 * @param clip the backbone, which must outlive this
 * @param layers of the memory, counted from 1
 * @param rows which rows of a layer
 * @param firstValues the first layer that adds to the stream of values
 */
record PromptAdLook(
    ClipModel clip, List<Integer> layers, PromptAdSetting.MemoryRows rows, int firstValues) {

  /**
   * What is seen of pictures, rows of unit length.
   *
   * @param whole z, {@code [images, d]}
   * @param patches {@code [images, n, d]}
   * @param layers {@code [images, n, d_v]} of each memory layer
   */
  record Seen(Tensor whole, Tensor patches, List<Tensor> layers) {}

  /** Looks at a batch, {@code [images, 3, S, S]}. */
  Seen look(Tensor images) {
    VisionEncoder vision = clip.vision();
    VisionEncoder.ValueOutput output =
        vision.encodeWithValues(images, firstValues, Set.copyOf(layers));
    Map<Integer, Tensor> tapped =
        rows == PromptAdSetting.MemoryRows.LAYER ? output.layers() : output.attended();
    return new Seen(
        unit(output.image()),
        unit(vision.postNorm(output.values()).matmul(vision.projection())),
        layers.stream().map(layer -> unit(tapped.get(layer))).toList());
  }

  private static Tensor unit(Tensor rows) {
    return Tensors.normalize(rows.to(ScalarType.Float));
  }

  /** Looks at good pictures, one after another; at least one. */
  Seen remember(List<RgbImage> shots) {
    List<Seen> each = shots.stream().map(shot -> look(Images.batch(clip, List.of(shot)))).toList();
    return new Seen(
        joined(each, Seen::whole),
        joined(each, Seen::patches),
        IntStream.range(0, layers.size())
            .mapToObj(layer -> joined(each, seen -> seen.layers().get(layer)))
            .toList());
  }

  private static Tensor joined(List<Seen> each, Function<Seen, Tensor> part) {
    return Tensors.concat(0, each.stream().map(part).toArray(Tensor[]::new));
  }
}
