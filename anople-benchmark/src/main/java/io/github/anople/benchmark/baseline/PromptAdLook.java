package io.github.anople.benchmark.baseline;

import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
  record Seen(Tensor whole, Tensor patches, List<Tensor> layers) {

    private List<Tensor> rows() {
      return Stream.concat(Stream.of(whole, patches), layers.stream()).toList();
    }
  }

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
    List<Tensor> rows = Rows.of(shots, shot -> look(Images.batch(clip, List.of(shot))).rows());
    return new Seen(rows.get(0), rows.get(1), rows.subList(2, rows.size()));
  }
}
