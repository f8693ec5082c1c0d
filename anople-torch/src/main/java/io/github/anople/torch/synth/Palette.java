package io.github.anople.torch.synth;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A picture as the values that its channels have, and which of them each pixel has. A photo has at
 * most 256 a channel, and what is done to a value is then done once, not at every pixel that has
 * it.
 */
final class Palette {

  private static final int CHANNELS = 3;
  private static final int LEVELS = 256;

  private final int pixels;
  private final Channel[] channels = new Channel[CHANNELS];

  private Palette(int pixels) {
    this.pixels = pixels;
  }

  /**
   * One channel, to be changed in place.
   *
   * @param values what pixels may have
   * @param counts how many pixels have each
   * @param entries place of each pixel's value, as an unsigned byte; null where each pixel has a
   *     value of its own
   */
  record Channel(float[] values, int[] counts, byte[] entries) {

    private float at(int pixel) {
      return values[entries == null ? pixel : entries[pixel] & 0xff];
    }
  }

  /**
   * The palette of a picture.
   *
   * @param image planar {@code [3, pixels]} in [0, 1]
   * @return of 256 values a channel, where those are all that the channel has
   */
  static Palette of(float[] image) {
    Palette palette = new Palette(image.length / CHANNELS);
    for (int c = 0; c < CHANNELS; c++) {
      float[] values = Arrays.copyOfRange(image, c * palette.pixels, (c + 1) * palette.pixels);
      palette.channels[c] = ofLevels(values);
    }
    return palette;
  }

  private static Channel ofLevels(float[] pixels) {
    int[] counts = new int[LEVELS];
    byte[] entries = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int level = Math.max(0, Math.min(Math.round(pixels[i] * (LEVELS - 1)), LEVELS - 1));
      if (value(level) != pixels[i]) {
        return ofPixels(pixels);
      }
      entries[i] = (byte) level;
      counts[level]++;
    }
    float[] values = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      values[level] = value(level);
    }
    return new Channel(values, counts, entries);
  }

  private static Channel ofPixels(float[] pixels) {
    int[] counts = new int[pixels.length];
    Arrays.fill(counts, 1);
    return new Channel(pixels, counts, null);
  }

  /** As {@link io.github.anople.core.image.RgbImage#toPlanar} makes it. */
  private static float value(int level) {
    return level / (LEVELS - 1f);
  }

  /** Changes each channel by itself. */
  void eachChannel(Consumer<Channel> change) {
    for (Channel channel : channels) {
      change.accept(channel);
    }
  }

  /**
   * Changes the colours of pixels, which mixes channels: from then on each pixel has values of its
   * own.
   *
   * @param change takes red, green and blue, and changes them in place
   */
  void eachColour(Consumer<float[]> change) {
    float[][] planes = new float[CHANNELS][pixels];
    float[] colour = new float[CHANNELS];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < CHANNELS; c++) {
        colour[c] = channels[c].at(i);
      }
      change.accept(colour);
      for (int c = 0; c < CHANNELS; c++) {
        planes[c][i] = colour[c];
      }
    }
    for (int c = 0; c < CHANNELS; c++) {
      channels[c] = ofPixels(planes[c]);
    }
  }

  /**
   * Writes the pixels.
   *
   * @param image takes {@code [3, pixels]}
   */
  void writeTo(float[] image) {
    for (int c = 0; c < CHANNELS; c++) {
      Channel channel = channels[c];
      for (int i = 0; i < pixels; i++) {
        image[c * pixels + i] = channel.at(i);
      }
    }
  }
}
