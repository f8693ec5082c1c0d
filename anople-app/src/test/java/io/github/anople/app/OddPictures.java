package io.github.anople.app;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What a camera shows when something is wrong with more than the part. */
final class OddPictures {

  private static final int SIDE = 240;
  private static final int CORNER = 40;
  private static final double SIGMA = 6;

  private OddPictures() {}

  /** Each kind made of a good picture. */
  static Map<String, RgbImage> of(RgbImage good, boolean standing, int seed) {
    RgbImage image = Resampler.resize(good, SIDE, SIDE);
    byte[] pixels = image.pixels();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, RgbImage> odd = new LinkedHashMap<>();
    odd.put("black", each(image, (at, level) -> 0));
    odd.put("white", each(image, (at, level) -> 255));
    odd.put("grey", each(image, (at, level) -> 128));
    odd.put("noise", each(image, (at, level) -> random.nextInt(256)));
    odd.put("blurred", blurred(image));
    odd.put("a fifth of the light", each(image, (at, level) -> level / 5.0));
    odd.put("overexposed", each(image, (at, level) -> 2.5 * level));
    odd.put("empty place", each(image, (at, level) -> corner(pixels, at)));
    odd.put(
        "half gone",
        each(image, (at, level) -> at / 3 % SIDE < SIDE / 2 ? level : corner(pixels, at)));
    if (standing) {
      int last = SIDE * SIDE - 1;
      odd.put(
          "upside down", each(image, (at, level) -> pixels[3 * (last - at / 3) + at % 3] & 0xff));
    }
    return odd;
  }

  private interface Level {
    double of(int at, int level);
  }

  private static RgbImage each(RgbImage image, Level change) {
    byte[] pixels = image.pixels();
    byte[] changed = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      double level = change.of(i, pixels[i] & 0xff);
      changed[i] = (byte) Math.max(0, Math.min(Math.round(level), 255));
    }
    return RgbImage.of(SIDE, SIDE, changed);
  }

  /** A patch of the background, mirrored until it fills the picture. */
  private static int corner(byte[] pixels, int at) {
    int x = at / 3 % SIDE;
    int y = at / 3 / SIDE;
    return pixels[3 * (folded(y) * SIDE + folded(x)) + at % 3] & 0xff;
  }

  private static int folded(int at) {
    int in = at % (2 * CORNER);
    return in < CORNER ? in : 2 * CORNER - 1 - in;
  }

  private static RgbImage blurred(RgbImage image) {
    int reach = (int) (4 * SIGMA);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-(i - reach) * (i - reach) / (2 * SIGMA * SIGMA));
      sum += kernel[i];
    }
    double[] values = new double[3 * SIDE * SIDE];
    byte[] pixels = image.pixels();
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    for (boolean across : new boolean[] {true, false}) {
      double[] out = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        int x = i / 3 % SIDE;
        int y = i / 3 / SIDE;
        for (int k = 0; k < kernel.length; k++) {
          int u = across ? inside(x + k - reach) : x;
          int v = across ? y : inside(y + k - reach);
          out[i] += kernel[k] / sum * values[3 * (v * SIDE + u) + i % 3];
        }
      }
      values = out;
    }
    double[] done = values;
    return each(image, (at, level) -> done[at]);
  }

  private static int inside(int at) {
    return Math.max(0, Math.min(at, SIDE - 1));
  }
}
