package io.github.anople.core.drift;

import io.github.anople.core.image.Boxes;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.util.Arrays;
import java.util.Optional;

/**
 * A picture's luminance, with {@link #LONGEST} pixels at most along the longer side: what is finer
 * no detector sees.
 */
final class Luminance {

  private static final int LONGEST = 512;

  /** Of red, green and blue: luminance as of JPEG. */
  private static final float RED = 0.299f;

  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;
  private static final int CHANNELS = 3;

  private final int width;
  private final int height;

  /** Red, green and blue, {@code [3, height · width]}, in levels of 255. */
  private final float[][] channels;

  private final float[] values;

  private Luminance(int width, int height, float[][] channels) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = RED * channels[0][i] + GREEN * channels[1][i] + BLUE * channels[2][i];
    }
  }

  static Luminance of(RgbImage image) {
    RgbImage small = Boxes.shrink(image, LONGEST);
    byte[] samples = small.pixels();
    float[][] channels = new float[CHANNELS][small.width() * small.height()];
    for (int i = 0, from = 0; i < channels[0].length; i++) {
      for (float[] channel : channels) {
        channel[i] = samples[from++] & 0xff;
      }
    }
    return new Luminance(small.width(), small.height(), channels);
  }

  Look look(Optional<Region> region) {
    boolean[] counted = region.map(part -> part.counted(height, width)).orElseGet(this::all);
    double[] means = new double[channels.length];
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = mean(channels[channel], counted);
    }
    double mean = mean(values, counted);
    Sums whole = new Sums();
    Sums[] places = new Sums[Places.COUNT];
    for (int i = 0; i < places.length; i++) {
      places[i] = new Sums();
    }
    for (int y = 0; y < height; y++) {
      int row = Places.SIDE * (y * Places.SIDE / height);
      for (int x = 0; x < width; x++) {
        if (counted[y * width + x]) {
          add(x, y, mean, whole, places[row + x * Places.SIDE / width]);
        }
      }
    }
    return new Look(
        (float) Math.log(mean + 1),
        (float) Math.log((whole.distance / whole.pixels() + 1) / (mean + 1)),
        (float) whole.sharpness(),
        (float) ((means[0] - means[1]) / (mean + 1)),
        (float) ((means[2] - means[1]) / (mean + 1)),
        Optional.of(places(places, mean)));
  }

  private void add(int x, int y, double mean, Sums whole, Sums place) {
    int at = y * width + x;
    float value = values[at];
    whole.add(value, mean);
    place.add(value, mean);
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) {
      float left = values[at - 1];
      float right = values[at + 1];
      float above = values[at - width];
      float below = values[at + width];
      double bend = Math.abs(4 * value - left - right - above - below);
      double slope = Math.hypot(right - left, below - above);
      whole.addDetail(bend, slope);
      place.addDetail(bend, slope);
    }
  }

  /** A place without a pixel that counts is like the whole. */
  private static Places places(Sums[] places, double mean) {
    double[] logarithms = new double[Places.SIZE];
    for (int i = 0; i < Places.COUNT; i++) {
      Sums place = places[i];
      if (place.count > 0) {
        logarithms[i] = Math.log((place.value / place.count + 1) / (mean + 1));
        logarithms[Places.COUNT + i] = place.sharpness();
      }
    }
    return Places.of(logarithms);
  }

  private boolean[] all() {
    boolean[] all = new boolean[width * height];
    Arrays.fill(all, true);
    return all;
  }

  private static double mean(float[] plane, boolean[] counted) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < plane.length; i++) {
      if (counted[i]) {
        sum += plane[i];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** What is summed over some pixels. */
  private static final class Sums {

    /** Keeps a flat surface's sharpness from being that of its noise, in levels. */
    private static final double FLAT = 0.25;

    private long count;
    private double value;
    private double distance;
    private long inner;
    private double bend;
    private double slope;

    void add(float level, double mean) {
      count++;
      value += level;
      distance += Math.abs(level - mean);
    }

    void addDetail(double ofBend, double ofSlope) {
      inner++;
      bend += ofBend;
      slope += ofSlope;
    }

    long pixels() {
      return Math.max(1, count);
    }

    double sharpness() {
      long pixels = Math.max(1, inner);
      return Math.log((bend / pixels + FLAT) / (slope / pixels + FLAT));
    }
  }
}
