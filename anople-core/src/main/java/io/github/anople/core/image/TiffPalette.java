package io.github.anople.core.image;

/** The colours of a TIFF's palette. (TIFF 6.0, section 5.) */
final class TiffPalette {

  private static final int COLOR_MAP = 320;

  private TiffPalette() {}

  /**
   * Every colour as 0xRRGGBB. Entries have 16 bits; where all of them are below 256 a writer took 8
   * bits instead, which libtiff repairs too.
   */
  static int[] of(TiffDirectory directory, int bits, Reading reading) throws ImageException {
    int colors = 1 << bits;
    int shift = 0;
    for (int i = 0; i < RgbImage.BANDS * colors; i++) {
      if (directory.value(COLOR_MAP, i) > 0xff) {
        shift = 8;
      }
    }
    if (shift == 0) {
      reading.repaired("has a palette of 8-bit colours where 16-bit ones belong: taken as 8 bits");
    }
    int[] palette = new int[colors];
    for (int i = 0; i < colors; i++) {
      for (int band = 0; band < RgbImage.BANDS; band++) {
        palette[i] = palette[i] << 8 | (int) directory.value(COLOR_MAP, band * colors + i) >> shift;
      }
    }
    return palette;
  }
}
