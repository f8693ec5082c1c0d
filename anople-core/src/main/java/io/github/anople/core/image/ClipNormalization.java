package io.github.anople.core.image;

import io.github.anople.core.InputException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * From 8-bit samples to what a vision encoder takes: {@code (sample / 255 - mean) / deviation}, a
 * channel at a time.
 *
 * @param mean what is taken away from red, green and blue, in [0, 1]
 * @param deviation what the rest is divided by, positive
 */
public record ClipNormalization(List<Double> mean, List<Double> deviation) {

  /**
   * The constants CLIP was trained with; OpenCLIP's models use the same unless they say otherwise.
   */
  public static final ClipNormalization CLIP =
      new ClipNormalization(
          List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

  private static final int LEVELS = 256;

  /**
   * Checks the constants.
   *
   * @param mean red, green and blue
   * @param deviation red, green and blue
   * @throws InputException if there are not three of each, a number is not finite, or a deviation
   *     is not positive
   */
  public ClipNormalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != RgbImage.BANDS || !mean.stream().allMatch(Double::isFinite)) {
      throw new InputException("image mean", "is " + mean, "give three finite numbers");
    }
    if (deviation.size() != RgbImage.BANDS
        || !deviation.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new InputException(
          "image standard deviation", "is " + deviation, "give three positive numbers");
    }
  }

  /**
   * Resizes by {@link Resampler#resize(RgbImage, int, int)}, without keeping the aspect ratio, and
   * normalises: all that lies between a picture and the encoder.
   *
   * @param image a picture of any size
   * @param side S, the encoder's input side
   * @return {@code [3, S, S]}
   * @throws IllegalArgumentException if the side is not positive
   */
  public float[] preprocess(RgbImage image, int side) {
    return normalize(Resampler.resize(image, side, side));
  }

  /**
   * Normalises a picture as it is.
   *
   * @param image the picture
   * @return {@code [3, height, width]}: the plane of red, then green, then blue
   */
  public float[] normalize(RgbImage image) {
    float[] planar = new float[RgbImage.BANDS * image.width() * image.height()];
    normalize(image, FloatBuffer.wrap(planar));
    return planar;
  }

  /**
   * Normalises a picture straight into a caller's memory, for example a tensor's, at the buffer's
   * position, which moves on; several pictures one after the other make a batch.
   *
   * @param image the picture
   * @param target takes {@code [3, height, width]}
   * @throws java.nio.BufferOverflowException if fewer than {@code 3 * height * width} numbers
   *     remain
   */
  public void normalize(RgbImage image, FloatBuffer target) {
    byte[] samples = image.raw();
    float[] row = new float[image.width()];
    for (int band = 0; band < RgbImage.BANDS; band++) {
      float[] levels = levels(band);
      for (int y = 0, from = band; y < image.height(); y++) {
        for (int x = 0; x < row.length; x++, from += RgbImage.BANDS) {
          row[x] = levels[samples[from] & 0xff];
        }
        target.put(row);
      }
    }
  }

  /** What each of the 256 levels becomes: computed in doubles, so rounded only once. */
  private float[] levels(int band) {
    float[] levels = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      levels[level] = (float) ((level / 255.0 - mean.get(band)) / deviation.get(band));
    }
    return levels;
  }
}
