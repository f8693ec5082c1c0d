package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern XMP =
      Pattern.compile("tiff:Orientation(?:\\s{0,9}=\\s{0,9}[\"']|>)\\s{0,9}([0-9])");

  /** Ten times what cameras write; the rest of a longer one is somebody's history. */
  private static final int LONGEST_PACKET = 1 << 20;

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
  static Optional<Orientation> ofExif(ByteBuffer block) {
    byte[] start = new byte[Math.min(EXIF_PREFIX.length, block.remaining())];
    block.get(block.position(), start);
    int skip = Arrays.equals(start, EXIF_PREFIX) ? EXIF_PREFIX.length : 0;
    try {
      return ofDirectory(
          TiffDirectory.parse(block.slice(block.position() + skip, block.remaining() - skip)));
    } catch (ImageException e) {
      return Optional.empty();
    }
  }

  static Optional<Orientation> ofDirectory(TiffDirectory directory) {
    try {
      return directory.isWhole(TAG) ? Optional.of(of(directory.value(TAG, 0))) : Optional.empty();
    } catch (ImageException e) {
      return Optional.empty();
    }
  }

  /**
   * What an XMP packet says, which counts where EXIF says nothing: {@code tiff:Orientation} as an
   * attribute or an element, found as Pillow finds it, without a parser of XML.
   */
  static Optional<Orientation> ofXmp(ByteBuffer packet) {
    byte[] bytes = new byte[Math.min(LONGEST_PACKET, packet.remaining())];
    packet.get(packet.position(), bytes);
    Matcher found = XMP.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    return found.find() ? Optional.of(of(Long.parseLong(found.group(1)))) : Optional.empty();
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
