package io.github.anople.torch.scene;

import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Statistics of a whole picture that follow its light: brightness ln(255 m + 8), contrast ln(255 σ
 * + 4), sharpness ln(255 g + 1), colour (r − g)/(m + 8/255) and (b − g)/(m + 8/255), and the share
 * of pixels whose largest channel is at least 250 of 255. m and σ are the mean and the deviation of
 * luminance, g the sum of its mean absolute differences to the right and downwards; r, g and b the
 * channels' means. The offsets keep dark pictures' noise small.
 */
public final class Light {

  /** How many statistics there are. */
  public static final int SIZE = 6;

  /** Brightness, contrast and sharpness come first. */
  static final int COLOUR = 3;

  static final int OVEREXPOSED = 5;

  /** Of red, green and blue: luminance as of JPEG. */
  public static final List<Double> LUMINANCE = List.of(0.299, 0.587, 0.114);

  /** Added to brightness, contrast and sharpness, in levels of 255, before the logarithm. */
  public static final List<Double> OFFSETS = List.of(8.0, 4.0, 1.0);

  /** Where a pixel counts as overexposed: between two levels, out of rounding's reach. */
  public static final double BRIGHTEST = 249.5 / 255;

  private static final double LEVELS = 255;

  private Light() {}

  /**
   * The statistics.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, 6]}, of the current scope
   */
  public static Tensor of(Tensor images) {
    long side = images.size(2);
    Tensor luminance = // [images, S, S]
        images
            .select(1, 0)
            .mul(new Scalar(LUMINANCE.get(0)))
            .add(images.select(1, 1).mul(new Scalar(LUMINANCE.get(1))))
            .add(images.select(1, 2).mul(new Scalar(LUMINANCE.get(2))));
    Tensor mean = mean(luminance, 1, 2);
    Tensor centred = luminance.sub(mean.view(-1, 1, 1));
    Tensor deviation = mean(centred.mul(centred), 1, 2).sqrt();
    Tensor across = luminance.narrow(2, 1, side - 1).sub(luminance.narrow(2, 0, side - 1)).abs();
    Tensor down = luminance.narrow(1, 1, side - 1).sub(luminance.narrow(1, 0, side - 1)).abs();
    Tensor gradient = mean(across, 1, 2).add(mean(down, 1, 2));
    Tensor channels = mean(images, 2, 3); // [images, 3]
    Tensor green = channels.select(1, 1);
    Tensor lifted = mean.add(new Scalar(OFFSETS.get(0) / LEVELS));
    Tensor brightest = images.amax(new long[] {1}, false).ge(new Scalar(BRIGHTEST));
    return Tensors.concat(
        1,
        logarithm(mean, OFFSETS.get(0)),
        logarithm(deviation, OFFSETS.get(1)),
        logarithm(gradient, OFFSETS.get(2)),
        channels.select(1, 0).sub(green).div(lifted).view(-1, 1),
        channels.select(1, 2).sub(green).div(lifted).view(-1, 1),
        mean(brightest.to(ScalarType.Float), 1, 2).view(-1, 1));
  }

  private static Tensor mean(Tensor values, long... dimensions) {
    return values.mean(dimensions, false, null);
  }

  private static Tensor logarithm(Tensor values, double offset) {
    return values.mul(new Scalar(LEVELS)).add(new Scalar(offset)).log().view(-1, 1);
  }
}
