package io.github.anople.benchmark.descriptor;

import io.github.anople.core.image.RgbImage;

/**
 * A picture in CIE 1976 L*a*b*, from sRGB (IEC 61966-2-1) under D65: distances are about as the eye
 * sees them.
 *
 * @param width columns
 * @param height rows
 * @param lightness L*, {@code [height, width]}, 0 to 100
 * @param greenRed a*, the same shape
 * @param blueYellow b*, the same shape
 */
record LabPlanes(int width, int height, float[] lightness, float[] greenRed, float[] blueYellow) {

  private static final double[] WHITE = {0.95047, 1.0, 1.08883};

  static LabPlanes of(RgbImage image) {
    byte[] samples = image.pixels();
    int pixels = image.width() * image.height();
    double[] linear = linearLevels();
    LabPlanes planes =
        new LabPlanes(
            image.width(), image.height(), new float[pixels], new float[pixels], new float[pixels]);
    for (int i = 0; i < pixels; i++) {
      double r = linear[samples[3 * i] & 0xff];
      double g = linear[samples[3 * i + 1] & 0xff];
      double b = linear[samples[3 * i + 2] & 0xff];
      double x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
      double y = root((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / WHITE[1]);
      double z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE[2]);
      planes.lightness[i] = (float) (116 * y - 16);
      planes.greenRed[i] = (float) (500 * (x - y));
      planes.blueYellow[i] = (float) (200 * (y - z));
    }
    return planes;
  }

  private static double[] linearLevels() {
    double[] levels = new double[256];
    for (int i = 0; i < levels.length; i++) {
      double c = i / 255.0;
      levels[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return levels;
  }

  private static double root(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
