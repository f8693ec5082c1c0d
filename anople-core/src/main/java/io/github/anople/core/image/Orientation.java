package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The eight values of EXIF's orientation tag, 1 to 8 in this order: where the stored picture's rows
 * and columns belong when it is shown. (CIPA DC-008, tag 0x0112.)
 */
enum Orientation {
  /** 1. */
  UPRIGHT(false, false, false),
  /** 2: mirrored left to right. */
  MIRRORED(false, true, false),
  /** 3: turned by half a turn. */
  TURNED(false, true, true),
  /** 4: mirrored top to bottom. */
  FLIPPED(false, false, true),
  /** 5: rows and columns exchanged. */
  TRANSPOSED(true, false, false),
  /** 6: to be shown a quarter turn clockwise. */
  CLOCKWISE(true, false, true),
  /** 7: rows and columns exchanged about the other diagonal. */
  TRANSVERSED(true, true, true),
  /** 8: to be shown a quarter turn counterclockwise. */
  COUNTERCLOCKWISE(true, true, false);

  private static final int TAG = 0x0112;
  private static final byte[] EXIF_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  /** Whether a shown row is a stored column. */
  private final boolean exchanges;

  /** Whether stored columns are walked from the right. */
  private final boolean fromRight;

  /** Whether stored rows are walked from the bottom. */
  private final boolean fromBottom;

  Orientation(boolean exchanges, boolean fromRight, boolean fromBottom) {
    this.exchanges = exchanges;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Of a tag's value; values that EXIF does not define count as {@link #UPRIGHT}. */
  static Orientation of(long value) {
    return value >= 1 && value <= 8 ? values()[(int) value - 1] : UPRIGHT;
  }

  /**
   * What an EXIF block says: a TIFF structure, with or without JPEG's prefix. A broken block says
   * nothing: it is no part of the picture.
   */
  static Orientation ofExif(ByteBuffer block) {
    byte[] start = new byte[Math.min(EXIF_PREFIX.length, block.remaining())];
    block.get(block.position(), start);
    int skip = Arrays.equals(start, EXIF_PREFIX) ? EXIF_PREFIX.length : 0;
    try {
      return ofDirectory(
          TiffDirectory.parse(block.slice(block.position() + skip, block.remaining() - skip)));
    } catch (ImageException e) {
      return UPRIGHT;
    }
  }

  static Orientation ofDirectory(TiffDirectory directory) {
    try {
      return of(directory.valueOr(TAG, 1));
    } catch (ImageException e) {
      return UPRIGHT;
    }
  }

  /** The picture as it is to be shown. */
  RgbImage apply(RgbImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = exchanges ? stored.height() : stored.width();
    int height = exchanges ? stored.width() : stored.height();
    int rightwards = RgbImage.BANDS * (fromRight ? -1 : 1);
    int downwards = RgbImage.BANDS * stored.width() * (fromBottom ? -1 : 1);
    int stepX = exchanges ? downwards : rightwards;
    int stepY = exchanges ? rightwards : downwards;
    int start =
        RgbImage.BANDS
            * ((fromRight ? stored.width() - 1 : 0)
                + (fromBottom ? (stored.height() - 1) * stored.width() : 0));
    byte[] from = stored.raw();
    byte[] to = new byte[from.length];
    for (int y = 0, at = 0; y < height; y++) {
      int source = start + y * stepY;
      for (int x = 0; x < width; x++, at += RgbImage.BANDS, source += stepX) {
        to[at] = from[source];
        to[at + 1] = from[source + 1];
        to[at + 2] = from[source + 2];
      }
    }
    return RgbImage.adopt(width, height, to);
  }
}
