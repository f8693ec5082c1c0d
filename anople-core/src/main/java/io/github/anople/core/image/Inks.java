package io.github.anople.core.image;

/** Cyan, magenta, yellow and black to RGB without an ink profile: Pillow's arithmetic. */
final class Inks {

  private Inks() {}

  /**
   * The picture that inks leave of white light.
   *
   * @param cmyk {@code [height, width, 4]}, 0 no ink, 255 full ink
   */
  static RgbImage toRgb(int width, int height, byte[] cmyk) {
    byte[] rgb = new byte[RgbImage.BANDS * width * height];
    for (int i = 0, at = 0; i < cmyk.length; i += 4, at += RgbImage.BANDS) {
      int light = 255 - (cmyk[i + 3] & 0xff);
      for (int band = 0; band < RgbImage.BANDS; band++) {
        int product = (cmyk[i + band] & 0xff) * light + 128;
        // (p + p / 256) / 256 is division by 255, rounded.
        rgb[at + band] = (byte) (light - ((product + (product >> 8)) >> 8));
      }
    }
    return RgbImage.adopt(width, height, rgb);
  }
}
