package io.github.anople.torch.model;

import io.github.anople.core.image.ClipNormalization;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Pictures on their way into the image tower. */
public final class Images {

  private static final int LEVELS = 255;

  private Images() {}

  /**
   * Resizes and normalises pictures as the backbone wants them.
   *
   * @param clip the backbone
   * @param images of any sizes
   * @return {@code [pictures, 3, S, S]}, on the backbone's device, in the current scope
   */
  public static Tensor batch(ClipModel clip, List<RgbImage> images) {
    ClipConfig config = clip.config();
    int side = config.vision().imageSize();
    Tensor[] rows = new Tensor[images.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          Tensors.of(config.normalization().preprocess(images.get(i), side), 1, 3, side, side);
    }
    return clip.device().place(rows.length == 1 ? rows[0] : Tensors.concat(0, rows));
  }

  /**
   * Undoes the backbone's normalisation.
   *
   * @param clip the backbone
   * @param images {@code [pictures, 3, S, S]}, normalised
   * @return the same, RGB in [0, 1], in the current scope
   */
  static Tensor unnormalized(ClipModel clip, Tensor images) {
    ClipNormalization normalization = clip.config().normalization();
    return images
        .mul(channels(images, normalization.deviation()))
        .add(channels(images, normalization.mean()));
  }

  private static Tensor channels(Tensor neighbour, List<Double> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).floatValue();
    }
    return Tensors.beside(neighbour, numbers, 1, numbers.length, 1, 1);
  }

  /**
   * Paints over what a region ignores.
   *
   * @param region which part of the pictures counts, and the colour for the rest
   * @param images {@code [pictures, 3, S, S]}, RGB in [0, 1]
   * @return the same shape, in the current scope
   */
  public static Tensor painted(FilledRegion region, Tensor images) {
    return painted(region.region(), images, colour(images, region.colour()));
  }

  static Tensor painted(Region region, Tensor images, Tensor colour) {
    int side = Math.toIntExact(images.size(2));
    Tensor counted = Counted.of(region, images, side).pixels().unsqueeze(1);
    return Operators.choose(counted.gt(new Scalar(0.5)), images, colour);
  }

  /** {@code [1, 3, 1, 1]}: a colour of three levels among pictures in [0, 1]. */
  private static Tensor colour(Tensor neighbour, List<Integer> levels) {
    return channels(neighbour, levels.stream().map(level -> level / (double) LEVELS).toList());
  }

  /** The same among pictures that are normalised for the backbone. */
  static Tensor normalized(ClipModel clip, Tensor neighbour, List<Integer> levels) {
    ClipNormalization normalization = clip.config().normalization();
    return colour(neighbour, levels)
        .sub(channels(neighbour, normalization.mean()))
        .div(channels(neighbour, normalization.deviation()));
  }

  /**
   * Resizes pictures, and leaves their normalisation to whoever looks at them.
   *
   * @param device where they go
   * @param images of any sizes
   * @param side S'
   * @return {@code [pictures, 3, S', S']}, RGB in [0, 1], in the current scope
   */
  public static Tensor plain(ComputeDevice device, List<RgbImage> images, int side) {
    Tensor[] rows =
        images.stream()
            .map(image -> Resampler.resize(image, side, side).toPlanar())
            .map(samples -> Tensors.of(samples, 1, 3, side, side))
            .toArray(Tensor[]::new);
    return device.place(rows.length == 1 ? rows[0] : Tensors.concat(0, rows));
  }
}
