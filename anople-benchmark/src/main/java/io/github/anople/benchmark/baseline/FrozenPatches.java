package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Tensors;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What the published methods on patches see here: two layers of a frozen network, a shallow and a
 * deep one, as their second and third stage of a ResNet are; each row of unit length, since layers
 * differ in size. With several networks the layers of all lie side by side.
 *
 * @param clip the backbone, which must outlive this; its image size is that of maps
 * @param sources the networks, closed with this
 */
record FrozenPatches(ClipModel clip, List<LayerSource> sources) implements AutoCloseable {

  FrozenPatches {
    sources = List.copyOf(sources);
  }

  /**
   * What is seen of pictures.
   *
   * @param whole the feature of each, {@code [images, d]} of unit length
   * @param layers patch features, {@code [images, h, h, d]} each, rows of unit length
   */
  record Seen(Tensor whole, List<Tensor> layers) {

    private List<Tensor> rows() {
      return Stream.concat(Stream.of(whole), layers.stream()).toList();
    }
  }

  /**
   * The first and the last of some of the backbone's layers.
   *
   * @throws IllegalArgumentException if there is none
   */
  static FrozenPatches ofEnds(ClipModel clip, Set<Integer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("there is no layer to take patches from");
    }
    int first = Collections.min(layers);
    int last = Collections.max(layers);
    List<Integer> ends = first == last ? List.of(first) : List.of(first, last);
    return new FrozenPatches(clip, List.of(new LayerSource.OfClip(clip, ends)));
  }

  /** The sizes at which pictures are looked at. */
  InputSizes sizes() {
    return InputSizes.of(
        clip.config().vision().imageSize(), sources.stream().map(LayerSource::imageSize).toList());
  }

  /** Looks at a batch of pictures, at {@link #sizes}. */
  Seen look(List<PreparedImage> images) {
    return joined(sources.stream().map(source -> source.look(clip.device(), images)).toList());
  }

  private static Seen joined(List<Seen> sources) {
    if (sources.size() == 1) {
      return sources.get(0);
    }
    Tensor[] wholes = sources.stream().map(Seen::whole).toArray(Tensor[]::new);
    return new Seen(
        Tensors.normalize(Tensors.concat(1, wholes)),
        sources.stream().flatMap(one -> one.layers().stream()).toList());
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
    InputSizes sizes = sizes();
    List<Tensor> rows = Rows.of(shots, shot -> look(List.of(sizes.prepare(shot))).rows());
    return new Seen(rows.get(0), rows.subList(1, rows.size()));
  }

  /**
   * Distances of places as a map of the picture.
   *
   * @param distances {@code [images, h, h]}, at least 0
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

  @Override
  public void close() {
    sources.forEach(LayerSource::close);
  }
}
