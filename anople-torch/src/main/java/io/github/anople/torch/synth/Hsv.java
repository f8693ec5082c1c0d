package io.github.anople.torch.synth;

/** Hue, saturation, value: where a colour's hue can be turned and its saturation shifted. */
final class Hsv {

  private Hsv() {}

  /** Shifts one colour in place: red, green, blue in [0, 1]; both shifts are parts of the range. */
  static void shift(float[] rgb, double hueShift, double saturationShift) {
    double red = rgb[0];
    double green = rgb[1];
    double blue = rgb[2];
    double value = Math.max(red, Math.max(green, blue));
    double chroma = value - Math.min(red, Math.min(green, blue));
    double hue = chroma == 0 ? 0 : sector(red, green, blue, value, chroma) / 6;
    double saturation = value == 0 ? 0 : chroma / value;
    hue += hueShift;
    hue -= Math.floor(hue);
    saturation = Math.max(0, Math.min(1, saturation + saturationShift));
    for (int channel = 0; channel < 3; channel++) {
      rgb[channel] = (float) channel(hue, saturation, value, 5 - 2 * channel);
    }
  }

  /** The hue in sixths of a turn. */
  private static double sector(double red, double green, double blue, double value, double chroma) {
    if (value == red) {
      return (green - blue) / chroma + 6;
    }
    return value == green ? (blue - red) / chroma + 2 : (red - green) / chroma + 4;
  }

  /**
   * One channel of a colour: the closed form with an offset of 5 for red, 3 for green, 1 for blue.
   */
  private static double channel(double hue, double saturation, double value, int offset) {
    double turned = offset + hue * 6; // less than 12
    double k = turned < 6 ? turned : turned - 6;
    return value - value * saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
  }
}
