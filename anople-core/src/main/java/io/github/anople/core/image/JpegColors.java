package io.github.anople.core.image;

import java.util.Arrays;

/**
 * What a JPEG's components mean, and how they become RGB: with libjpeg's whole-number arithmetic
 * (jdcolor.c), so that the outcome is Pillow's to the bit.
 */
enum JpegColors {
  GREY,
  RGB,
  YCBCR,
  /** Inverted inks, as Adobe writes them and Pillow assumes. */
  CMYK,
  /** Luma and chroma of inverted inks, and inverted black. */
  YCCK;

  private static final int[] CR_TO_RED = chroma(1.402, true);
  private static final int[] CR_TO_GREEN = chroma(-0.71414, false);
  private static final int[] CB_TO_GREEN = chroma(-0.34414, false);
  private static final int[] CB_TO_BLUE = chroma(1.772, true);
  private static final int HALF = 1 << 15;

  private static final int CLAMP_OFFSET = 256;
  private static final byte[] CLAMP = clamp();

  /** Multiples of a chroma sample, 16 fractional bits, or already rounded to whole levels. */
  private static int[] chroma(double factor, boolean whole) {
    int fixed = (int) Math.copySign(Math.floor(Math.abs(factor) * 65536 + 0.5), factor);
    int[] table = new int[256];
    Arrays.setAll(table, i -> whole ? (fixed * (i - 128) + HALF) >> 16 : fixed * (i - 128));
    return table;
  }

  private static byte[] clamp() {
    byte[] table = new byte[3 * CLAMP_OFFSET];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) Math.max(0, Math.min(255, i - CLAMP_OFFSET));
    }
    return table;
  }

  /** Interleaved samples of this meaning as a picture; may keep and change the array. */
  RgbImage toRgb(int width, int height, byte[] samples) {
    if (this == YCBCR || this == YCCK) {
      lumaToRgb(samples, this == YCCK ? 4 : 3);
    }
    return switch (this) {
      case GREY -> RgbImage.adopt(width, height, repeat(samples));
      case RGB, YCBCR -> RgbImage.adopt(width, height, samples);
      case CMYK -> Inks.toRgb(width, height, inverted(samples, 0));
      // YCCK's luma and chroma stand for light, the complement of inverted ink, which is ink.
      case YCCK -> Inks.toRgb(width, height, inverted(samples, 3));
    };
  }

  private static void lumaToRgb(byte[] samples, int bands) {
    for (int i = 0; i < samples.length; i += bands) {
      int luma = (samples[i] & 0xff) + CLAMP_OFFSET;
      int cb = samples[i + 1] & 0xff;
      int cr = samples[i + 2] & 0xff;
      samples[i] = CLAMP[luma + CR_TO_RED[cr]];
      samples[i + 1] = CLAMP[luma + ((CB_TO_GREEN[cb] + CR_TO_GREEN[cr] + HALF) >> 16)];
      samples[i + 2] = CLAMP[luma + CB_TO_BLUE[cb]];
    }
  }

  private static byte[] repeat(byte[] grey) {
    byte[] rgb = new byte[RgbImage.BANDS * grey.length];
    for (int i = 0, at = 0; i < grey.length; i++, at += RgbImage.BANDS) {
      rgb[at] = grey[i];
      rgb[at + 1] = grey[i];
      rgb[at + 2] = grey[i];
    }
    return rgb;
  }

  private static byte[] inverted(byte[] samples, int fromBand) {
    for (int i = 0; i < samples.length; i += 4) {
      for (int band = fromBand; band < 4; band++) {
        samples[i + band] ^= (byte) 0xff;
      }
    }
    return samples;
  }
}
