package io.github.anople.benchmark.baseline;

import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the published methods on patches see here: the patch rows of the frozen tower after the
 * first and the last of the memory's layers (a shallow and a deep one, as their second and third
 * stage of a ResNet are), each of unit length, since CLIP's layers differ in size.
 *
 * @param clip the backbone, which must outlive this
 * @param layers one or two, counted from 1
 */
record FrozenPatches(ClipModel clip, List<Integer> layers) {

  /**
   * What is seen of pictures.
   *
   * @param whole the feature of each, {@code [images, d]} of unit length
   * @param layers patch features, {@code [images, G, G, d_v]} each, rows of unit length
   */
  record Seen(Tensor whole, List<Tensor> layers) {}

  /**
   * The first and the last of some layers.
   *
   * @throws IllegalArgumentException if there is none
   */
  static FrozenPatches ofEnds(ClipModel clip, Set<Integer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("there is no layer to take patches from");
    }
    int first = Collections.min(layers);
    int last = Collections.max(layers);
    return new FrozenPatches(clip, first == last ? List.of(first) : List.of(first, last));
  }

  /** Looks at a batch, {@code [images, 3, S, S]}. */
  Seen look(Tensor images) {
    VisionEncoder.Output output = clip.vision().encode(images, null, Set.copyOf(layers));
    long grid = clip.config().vision().grid();
    List<Tensor> grids = new ArrayList<>();
    for (int layer : layers) {
      Tensor rows = Tensors.normalize(output.layers().get(layer).to(ScalarType.Float));
      grids.add(rows.view(rows.size(0), grid, grid, -1));
    }
    return new Seen(Tensors.normalize(output.image().to(ScalarType.Float)), grids);
  }

  /**
   * Looks at good pictures, one after another.
   *
   * @throws IllegalArgumentException if there is none
   */
  Seen remember(List<RgbImage> shots) {
    if (shots.isEmpty()) {
      throw new IllegalArgumentException("there is no picture to remember");
    }
    List<Seen> each = shots.stream().map(shot -> look(Images.batch(clip, List.of(shot)))).toList();
    List<Tensor> joined = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      int one = layer;
      joined.add(
          Tensors.concat(
              0, each.stream().map(seen -> seen.layers().get(one)).toArray(Tensor[]::new)));
    }
    return new Seen(
        Tensors.concat(0, each.stream().map(Seen::whole).toArray(Tensor[]::new)), joined);
  }

  /**
   * Distances of places as a map of the picture.
   *
   * @param distances {@code [images, G, G]}, at least 0
   * @return {@code [images, S, S]}, {@link #bounded}
   */
  Tensor map(Tensor distances) {
    long side = clip.config().vision().imageSize();
    return bounded(Decoder.enlarge(distances.unsqueeze(1), side).squeeze(1));
  }

  /** Distances as scores below 1, in the same order: d / (1 + d). */
  static Tensor bounded(Tensor distances) {
    return distances.div(distances.add(new Scalar(1.0)));
  }
}
