package io.github.anople.torch.synth;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Changes a picture's colours by three distinct operations, in the order drawn. */
final class ColourJitter {

  private static final int OPERATIONS = 3;
  private static final int LEVELS = 256;
  private static final double HUE_AND_SATURATION = 50.0 / 255;

  private ColourJitter() {}

  private interface Operation {
    void apply(Palette image, RandomGenerator random);
  }

  private static Operation[] operations() {
    return new Operation[] {
      ColourJitter::gamma,
      ColourJitter::brightness,
      ColourJitter::hueAndSaturation,
      ColourJitter::solarise,
      ColourJitter::posterise,
      (image, random) -> eachValue(image, v -> 1 - v),
      (image, random) -> image.eachChannel(ColourJitter::autoContrast),
      (image, random) -> image.eachChannel(ColourJitter::equalise)
    };
  }

  /** Jitters a planar picture {@code [3, pixels]} in [0, 1], in place. */
  static void apply(float[] image, RandomGenerator random) {
    Operation[] all = operations();
    int[] order = Draws.permutation(random, all.length);
    Palette palette = Palette.of(image);
    for (int i = 0; i < OPERATIONS; i++) {
      all[order[i]].apply(palette, random);
    }
    palette.writeTo(image);
  }

  private static void eachValue(Palette image, DoubleUnaryOperator change) {
    image.eachChannel(channel -> eachValue(channel, change));
  }

  private static void eachValue(Palette.Channel channel, DoubleUnaryOperator change) {
    float[] values = channel.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(1, change.applyAsDouble(values[i])));
    }
  }

  /** An exponent of 0.5 to 2 for each channel. */
  private static void gamma(Palette image, RandomGenerator random) {
    image.eachChannel(
        channel -> {
          double exponent = Draws.uniform(random, 0.5, 2);
          eachValue(channel, v -> Math.pow(v, exponent));
        });
  }

  /** Times 0.8 to 1.2, then plus or minus up to 30/255. */
  private static void brightness(Palette image, RandomGenerator random) {
    double factor = Draws.uniform(random, 0.8, 1.2);
    double shift = Draws.uniform(random, -30.0 / 255, 30.0 / 255);
    eachValue(image, v -> v * factor + shift);
  }

  /** Hue turned, and saturation shifted, by up to 50/255 of their ranges. */
  private static void hueAndSaturation(Palette image, RandomGenerator random) {
    double hue = Draws.uniform(random, -HUE_AND_SATURATION, HUE_AND_SATURATION);
    double saturation = Draws.uniform(random, -HUE_AND_SATURATION, HUE_AND_SATURATION);
    image.eachColour(rgb -> Hsv.shift(rgb, hue, saturation));
  }

  /** Values from a threshold of 32 to 128 on are inverted. */
  private static void solarise(Palette image, RandomGenerator random) {
    double threshold = Draws.uniform(random, 32, 128) / 255;
    eachValue(image, v -> v >= threshold ? 1 - v : v);
  }

  /** Only the highest 1 to 4 of 8 bits are kept. */
  private static void posterise(Palette image, RandomGenerator random) {
    int kept = -1 << (8 - (1 + random.nextInt(4)));
    eachValue(image, v -> (level(v) & kept) / 255.0);
  }

  /** Darkest to 0, brightest to 1. */
  private static void autoContrast(Palette.Channel channel) {
    float low = 1;
    float high = 0;
    for (int i = 0; i < channel.values().length; i++) {
      if (channel.counts()[i] > 0) {
        low = Math.min(low, channel.values()[i]);
        high = Math.max(high, channel.values()[i]);
      }
    }
    float darkest = low;
    float range = high - low;
    if (range > 0) {
      eachValue(channel, v -> (v - darkest) / range);
    }
  }

  /** A flat histogram of 256 levels, as Pillow's equalize makes it. */
  private static void equalise(Palette.Channel channel) {
    int[] histogram = new int[LEVELS];
    int pixels = 0;
    int last = 0;
    for (int i = 0; i < channel.values().length; i++) {
      int count = channel.counts()[i];
      if (count > 0) {
        int level = level(channel.values()[i]);
        histogram[level] += count;
        pixels += count;
        last = Math.max(last, level);
      }
    }
    int step = (pixels - histogram[last]) / (LEVELS - 1);
    if (step == 0) {
      return;
    }
    double[] table = new double[LEVELS];
    int below = step / 2;
    for (int level = 0; level < LEVELS; level++) {
      table[level] = Math.min(255, below / step) / 255.0;
      below += histogram[level];
    }
    eachValue(channel, v -> table[level(v)]);
  }

  private static int level(double value) {
    return (int) Math.round(value * 255);
  }
}
