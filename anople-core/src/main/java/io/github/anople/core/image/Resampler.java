package io.github.anople.core.image;

import java.util.Arrays;

/**
 * Changes a picture's size; the aspect ratio is whatever the caller asks for.
 *
 * <p>Pictures go through Pillow's antialiased bicubic (Resample.c), equal to the last bit: 22
 * fractional bits, the horizontal pass first and rounded to 8 bits, then the vertical one; a side
 * that keeps its length is not touched. Float images go through the same kernel without rounding.
 * Masks keep their values: nearest neighbour.
 */
public final class Resampler {

  private Resampler() {}

  /**
   * Pillow's {@code resize((width, height), BICUBIC)}.
   *
   * @param image the picture
   * @param width columns of the outcome, at least 1
   * @param height rows of the outcome, at least 1
   * @return the resized picture
   * @throws IllegalArgumentException if a side is not positive, or the outcome would not fit an
   *     array
   */
  public static RgbImage resize(RgbImage image, int width, int height) {
    checkSize(RgbImage.BANDS, height, width);
    // Between the passes the picture is as high as it was and as wide as it will be.
    checkSize(RgbImage.BANDS, image.height(), width);
    RgbImage between = image;
    if (width != image.width()) {
      BicubicWeights weights = BicubicWeights.of(image.width(), width);
      byte[] rows = horizontal(image.raw(), image.width(), image.height(), weights);
      between = RgbImage.adopt(width, image.height(), rows);
    }
    if (height == image.height()) {
      return between;
    }
    BicubicWeights weights = BicubicWeights.of(image.height(), height);
    return RgbImage.adopt(width, height, vertical(between.raw(), width, weights));
  }

  private static byte[] horizontal(byte[] from, int width, int height, BicubicWeights weights) {
    int out = weights.first().length;
    int taps = weights.taps();
    int[] fixed = weights.fixedPoint();
    byte[] to = new byte[RgbImage.BANDS * out * height];
    for (int y = 0, at = 0; y < height; y++) {
      int row = RgbImage.BANDS * y * width;
      for (int x = 0; x < out; x++, at += RgbImage.BANDS) {
        int red = BicubicWeights.half();
        int green = red;
        int blue = red;
        int source = row + RgbImage.BANDS * weights.first()[x];
        int end = x * taps + weights.count()[x];
        for (int k = x * taps; k < end; k++, source += RgbImage.BANDS) {
          int w = fixed[k];
          red += w * (from[source] & 0xff);
          green += w * (from[source + 1] & 0xff);
          blue += w * (from[source + 2] & 0xff);
        }
        to[at] = BicubicWeights.level(red);
        to[at + 1] = BicubicWeights.level(green);
        to[at + 2] = BicubicWeights.level(blue);
      }
    }
    return to;
  }

  private static byte[] vertical(byte[] from, int width, BicubicWeights weights) {
    int out = weights.first().length;
    int[] fixed = weights.fixedPoint();
    int row = RgbImage.BANDS * width;
    byte[] to = new byte[row * out];
    int[] sums = new int[row];
    for (int y = 0; y < out; y++) {
      Arrays.fill(sums, BicubicWeights.half());
      for (int k = 0; k < weights.count()[y]; k++) {
        int w = fixed[y * weights.taps() + k];
        int source = (weights.first()[y] + k) * row;
        for (int i = 0; i < row; i++) {
          sums[i] += w * (from[source + i] & 0xff);
        }
      }
      for (int i = 0; i < row; i++) {
        to[y * row + i] = BicubicWeights.level(sums[i]);
      }
    }
    return to;
  }

  /**
   * The same kernel on numbers in [0, 1], without rounding; the outcome is clipped to [0, 1],
   * because the cubic overshoots at edges. It is how the whole view is shrunk from a training
   * image.
   *
   * @param planar {@code [channels, height, width]}
   * @param channels planes
   * @param height rows of a plane
   * @param width columns of a plane
   * @param outHeight rows of the outcome, at least 1
   * @param outWidth columns of the outcome, at least 1
   * @return {@code [channels, outHeight, outWidth]}, in [0, 1]
   * @throws IllegalArgumentException if a side is not positive, or the array has another length
   *     than its shape
   */
  public static float[] resize(
      float[] planar, int channels, int height, int width, int outHeight, int outWidth) {
    checkLength(planar.length, channels, height, width);
    checkSize(channels, outHeight, outWidth);
    checkSize(channels, height, outWidth);
    float[] wide =
        width == outWidth
            ? planar
            : along(planar, channels * height, width, 1, BicubicWeights.of(width, outWidth));
    float[] out =
        height == outHeight
            ? wide.clone()
            : along(wide, channels, height, outWidth, BicubicWeights.of(height, outHeight));
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0f, Math.min(1f, out[i]));
    }
    return out;
  }

  /** Mixes along the middle one of {@code [blocks, length, inner]}. */
  private static float[] along(
      float[] from, int blocks, int length, int inner, BicubicWeights weights) {
    int out = weights.first().length;
    float[] to = new float[blocks * out * inner];
    for (int block = 0, at = 0; block < blocks; block++) {
      for (int i = 0; i < out; i++) {
        int weight = i * weights.taps();
        int start = (block * length + weights.first()[i]) * inner;
        for (int j = 0; j < inner; j++, at++) {
          double sum = 0;
          for (int k = 0; k < weights.count()[i]; k++) {
            sum += weights.weight()[weight + k] * from[start + k * inner + j];
          }
          to[at] = (float) sum;
        }
      }
    }
    return to;
  }

  /**
   * Nearest neighbour: output row {@code i} is input row ⌊(i + ½) · height / outHeight⌋, columns
   * alike. Masks are resized by it, so that no new values come up.
   *
   * @param mask {@code [height, width]}
   * @param height rows
   * @param width columns
   * @param outHeight rows of the outcome, at least 1
   * @param outWidth columns of the outcome, at least 1
   * @return {@code [outHeight, outWidth]}
   * @throws IllegalArgumentException if a side is not positive, or the array has another length
   *     than its shape
   */
  public static byte[] nearest(byte[] mask, int height, int width, int outHeight, int outWidth) {
    checkLength(mask.length, 1, height, width);
    checkSize(1, outHeight, outWidth);
    byte[] to = new byte[outHeight * outWidth];
    for (int y = 0, at = 0; y < outHeight; y++) {
      int row = nearest(y, height, outHeight) * width;
      for (int x = 0; x < outWidth; x++, at++) {
        to[at] = mask[row + nearest(x, width, outWidth)];
      }
    }
    return to;
  }

  private static int nearest(int i, int in, int out) {
    return (int) ((2L * i + 1) * in / (2L * out));
  }

  private static void checkLength(int length, int channels, int height, int width) {
    checkSize(channels, height, width);
    if (length != channels * height * width) {
      throw new IllegalArgumentException(
          String.format("%d numbers for a shape of [%d, %d, %d]", length, channels, height, width));
    }
  }

  private static void checkSize(int channels, int height, int width) {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(
              "a shape of [%d, %d, %d]; every side must be at least 1", channels, height, width));
    }
    if ((double) channels * height * width > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format("a shape of [%d, %d, %d] is too large", channels, height, width));
    }
  }
}
