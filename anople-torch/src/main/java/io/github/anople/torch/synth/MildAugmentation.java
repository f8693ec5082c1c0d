package io.github.anople.torch.synth;

import io.github.anople.core.image.ImageEncoder;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A good picture as it might have come out another time: the part lies a little elsewhere and
 * turned, the lamp is older, the sensor noisy, the file compressed. All five at once, each drawn
 * from its range: one alone leaves a picture that the detector knows.
 */
public final class MildAugmentation {

  /**
   * Part of the side, degrees, factors of brightness and of each colour, levels of 255, quality.
   */
  private static final double SHIFT = 0.03;

  private static final double ROTATION = 3;
  private static final double LIGHT = 0.08;
  private static final double TINT = 0.02;
  private static final double NOISE = 3;
  private static final double WORST_QUALITY = 0.6;
  private static final double BEST_QUALITY = 0.95;

  private static final int CHANNELS = 3;

  private MildAugmentation() {}

  /**
   * Draws a view.
   *
   * @param image a square good picture
   * @param random source of the draws
   * @return a view of the same size
   */
  public static RgbImage draw(RgbImage image, RandomGenerator random) {
    int side = image.width();
    byte[] moved = exposed(moved(image.pixels(), side, random), random);
    return compressed(RgbImage.of(side, side, moved), random);
  }

  /**
   * Draws several views, as many at a time as there are processors.
   *
   * @param image a square good picture
   * @param count how many
   * @param random source of each view's draws, of its own
   * @return views in the order of their numbers, the same whatever the number of processors
   */
  public static List<RgbImage> draw(
      RgbImage image, int count, IntFunction<? extends RandomGenerator> random) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(view -> draw(image, random.apply(view)))
        .toList();
  }

  /** Turned about the centre and shifted, bilinearly, the edge repeated outwards. */
  private static float[] moved(byte[] pixels, int side, RandomGenerator random) {
    double angle = Math.toRadians(Draws.uniform(random, -ROTATION, ROTATION));
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double shiftX = Draws.uniform(random, -SHIFT, SHIFT) * side;
    double shiftY = Draws.uniform(random, -SHIFT, SHIFT) * side;
    double centre = (side - 1) / 2.0;
    float[] moved = new float[pixels.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double fromX = cos * (x - centre) - sin * (y - centre) + centre + shiftX;
        double fromY = sin * (x - centre) + cos * (y - centre) + centre + shiftY;
        sample(pixels, side, fromX, fromY, moved, CHANNELS * (y * side + x));
      }
    }
    return moved;
  }

  private static void sample(byte[] pixels, int side, double x, double y, float[] to, int at) {
    double insideX = Math.max(0, Math.min(x, side - 1));
    double insideY = Math.max(0, Math.min(y, side - 1));
    int left = (int) insideX;
    int top = (int) insideY;
    int right = Math.min(left + 1, side - 1);
    int bottom = Math.min(top + 1, side - 1);
    double partX = insideX - left;
    double partY = insideY - top;
    for (int c = 0; c < CHANNELS; c++) {
      double above =
          level(pixels, side, left, top, c) * (1 - partX)
              + level(pixels, side, right, top, c) * partX;
      double below =
          level(pixels, side, left, bottom, c) * (1 - partX)
              + level(pixels, side, right, bottom, c) * partX;
      to[at + c] = (float) (above * (1 - partY) + below * partY);
    }
  }

  private static int level(byte[] pixels, int side, int x, int y, int channel) {
    return pixels[CHANNELS * (y * side + x) + channel] & 0xFF;
  }

  /** Under another light, with a sensor's noise. */
  private static byte[] exposed(float[] levels, RandomGenerator random) {
    double light = Draws.uniform(random, 1 - LIGHT, 1 + LIGHT);
    double[] gain = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      gain[c] = light * Draws.uniform(random, 1 - TINT, 1 + TINT);
    }
    double noise = Draws.uniform(random, 0, NOISE);
    byte[] exposed = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      double level = levels[i] * gain[i % CHANNELS] + noise * Draws.gaussian(random);
      exposed[i] = (byte) Math.max(0, Math.min(Math.round(level), 255));
    }
    return exposed;
  }

  private static RgbImage compressed(RgbImage image, RandomGenerator random) {
    double quality = Draws.uniform(random, WORST_QUALITY, BEST_QUALITY);
    return new ImageReader()
        .read(ImageEncoder.jpeg(image.toBufferedImage(), (float) quality), "view");
  }
}
