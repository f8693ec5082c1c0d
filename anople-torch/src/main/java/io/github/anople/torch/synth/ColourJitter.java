package io.github.anople.torch.synth;

import java.util.random.RandomGenerator;

/** Changes a picture's colours by three distinct operations, in the order drawn. */
final class ColourJitter {

  private static final int OPERATIONS = 3;
  private static final int LEVELS = 256;
  private static final double HUE_AND_SATURATION = 50.0 / 255;

  private ColourJitter() {}

  /** One change of a planar picture {@code [3, pixels]} in [0, 1], in place. */
  private interface Operation {
    void apply(float[] picture, RandomGenerator random);
  }

  private static Operation[] operations() {
    return new Operation[] {
      ColourJitter::gamma,
      ColourJitter::brightness,
      ColourJitter::hueAndSaturation,
      ColourJitter::solarise,
      ColourJitter::posterise,
      (picture, random) -> eachValue(picture, v -> 1 - v),
      (picture, random) -> eachChannel(picture, ColourJitter::autoContrast),
      (picture, random) -> eachChannel(picture, ColourJitter::equalise)
    };
  }

  /** Jitters a picture in place. */
  static void apply(float[] picture, RandomGenerator random) {
    Operation[] all = operations();
    int[] order = Draws.permutation(random, all.length);
    for (int i = 0; i < OPERATIONS; i++) {
      all[order[i]].apply(picture, random);
    }
  }

  private interface Value {
    double of(double value);
  }

  private static void eachValue(float[] picture, Value change) {
    each(picture, 0, picture.length, change);
  }

  private static void each(float[] values, int from, int to, Value change) {
    for (int i = from; i < to; i++) {
      values[i] = (float) Math.max(0, Math.min(1, change.of(values[i])));
    }
  }

  private interface Channel {
    void change(float[] picture, int from, int to);
  }

  private static void eachChannel(float[] picture, Channel channel) {
    int pixels = picture.length / 3;
    for (int c = 0; c < 3; c++) {
      channel.change(picture, c * pixels, (c + 1) * pixels);
    }
  }

  /** An exponent of 0.5 to 2 for each channel. */
  private static void gamma(float[] picture, RandomGenerator random) {
    eachChannel(
        picture,
        (values, from, to) -> {
          double exponent = Draws.uniform(random, 0.5, 2);
          each(values, from, to, v -> Math.pow(v, exponent));
        });
  }

  /** Times 0.8 to 1.2, then plus or minus up to 30/255. */
  private static void brightness(float[] picture, RandomGenerator random) {
    double factor = Draws.uniform(random, 0.8, 1.2);
    double shift = Draws.uniform(random, -30.0 / 255, 30.0 / 255);
    eachValue(picture, v -> v * factor + shift);
  }

  /** Hue turned, and saturation shifted, by up to 50/255 of their ranges. */
  private static void hueAndSaturation(float[] picture, RandomGenerator random) {
    double hue = Draws.uniform(random, -HUE_AND_SATURATION, HUE_AND_SATURATION);
    double saturation = Draws.uniform(random, -HUE_AND_SATURATION, HUE_AND_SATURATION);
    int pixels = picture.length / 3;
    float[] rgb = new float[3];
    for (int i = 0; i < pixels; i++) {
      rgb[0] = picture[i];
      rgb[1] = picture[pixels + i];
      rgb[2] = picture[2 * pixels + i];
      Hsv.shift(rgb, hue, saturation);
      picture[i] = rgb[0];
      picture[pixels + i] = rgb[1];
      picture[2 * pixels + i] = rgb[2];
    }
  }

  /** Values from a threshold of 32 to 128 on are inverted. */
  private static void solarise(float[] picture, RandomGenerator random) {
    double threshold = Draws.uniform(random, 32, 128) / 255;
    eachValue(picture, v -> v >= threshold ? 1 - v : v);
  }

  /** Only the highest 1 to 4 of 8 bits are kept. */
  private static void posterise(float[] picture, RandomGenerator random) {
    int kept = -1 << (8 - (1 + random.nextInt(4)));
    eachValue(picture, v -> (level(v) & kept) / 255.0);
  }

  /** Darkest to 0, brightest to 1. */
  private static void autoContrast(float[] values, int from, int to) {
    float low = 1;
    float high = 0;
    for (int i = from; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    float darkest = low;
    float range = high - low;
    if (range > 0) {
      each(values, from, to, v -> (v - darkest) / range);
    }
  }

  /** A flat histogram of 256 levels, as Pillow's equalize makes it. */
  private static void equalise(float[] values, int from, int to) {
    int[] histogram = new int[LEVELS];
    int last = 0;
    for (int i = from; i < to; i++) {
      int level = level(values[i]);
      histogram[level]++;
      last = Math.max(last, level);
    }
    int step = (to - from - histogram[last]) / (LEVELS - 1);
    if (step == 0) {
      return;
    }
    double[] table = new double[LEVELS];
    int below = step / 2;
    for (int level = 0; level < LEVELS; level++) {
      table[level] = Math.min(255, below / step) / 255.0;
      below += histogram[level];
    }
    each(values, from, to, v -> table[level(v)]);
  }

  private static int level(double value) {
    return (int) Math.round(value * 255);
  }
}
