package io.github.anople.inspect.report;

/**
 * Colours from slight to alarming: yellow, orange, red, crimson. Lightness (CIE L*) falls evenly
 * all the way, so that the order is plain in grey print and to colour-blind eyes. Light at the
 * beginning and dark at the end, unlike most such ramps: a faint value is a pale haze on a picture,
 * and few products are crimson, while a yellow peak is lost on wood, brass and bread.
 */
final class ColourRamp {

  /** sRGB at evenly spaced values; L* is 91, 78, 64, 50, 39. */
  private static final int[][] STOPS = {
    {255, 230, 110}, {255, 178, 50}, {250, 115, 45}, {228, 45, 65}, {180, 0, 95}
  };

  private static final int STEPS = 255;

  private final int[] colours = new int[STEPS + 1];

  ColourRamp() {
    for (int i = 0; i <= STEPS; i++) {
      double position = (double) i / STEPS * (STOPS.length - 1);
      int stop = Math.min((int) position, STOPS.length - 2);
      double part = position - stop;
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        double value = STOPS[stop][channel] * (1 - part) + STOPS[stop + 1][channel] * part;
        rgb = rgb << 8 | (int) Math.round(value);
      }
      colours[i] = rgb;
    }
  }

  /** The colour 0xRRGGBB of a value in 0..1. */
  int at(float value) {
    return colours[Math.round(value * STEPS)];
  }
}
