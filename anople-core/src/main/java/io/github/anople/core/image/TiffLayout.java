package io.github.anople.core.image;

import java.util.Set;

/**
 * How a TIFF's first page is laid out, checked for consistency: strips count as tiles of the
 * picture's full width. (TIFF 6.0, sections 3 to 8 and 15; JPEG after its technical note 2.)
 */
record TiffLayout(
    TiffDirectory directory,
    long fileLength,
    long width,
    long height,
    int bits,
    int samples,
    int compression,
    int photometric,
    boolean planar,
    boolean tiled,
    long partWidth,
    long partHeight) {

  static final int JPEG = 7;
  static final int JPEG_TABLES = 347;
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int SEPARATED = 5;
  static final int YCBCR = 6;

  private static final int INK_SET = 332;
  private static final int EXTRA_SAMPLES = 338;
  private static final int PREMULTIPLIED = 1;
  private static final int STRAIGHT = 2;
  private static final int UNCOMPRESSED = 1;
  private static final int MAX_SAMPLES = 8;

  /** None, CCITT (2 to 4), LZW, JPEG, Deflate under its two numbers, PackBits. */
  private static final Set<Integer> COMPRESSIONS = Set.of(1, 2, 3, 4, 5, JPEG, 8, 32946, 32773);

  private static final Set<Integer> DEPTHS = Set.of(1, 2, 4, 8, 10, 12, 14, 16);

  /** Wider tiles than this would cost more memory than the picture they hold. */
  private static final int MAX_TILE = 1 << 16;

  static TiffLayout of(TiffDirectory directory, long fileLength) throws ImageException {
    long width = directory.value(256, 0);
    long height = directory.value(257, 0);
    int compression = (int) directory.valueOr(259, UNCOMPRESSED);
    int photometric = (int) directory.valueOr(262, -1);
    int samples = (int) directory.valueOr(277, 1);
    boolean tiled = directory.has(324);
    return new TiffLayout(
            directory,
            fileLength,
            width,
            height,
            uniform(directory, 258, 1, samples),
            samples,
            compression,
            photometric,
            directory.valueOr(284, 1) == 2,
            tiled,
            tiled ? directory.value(322, 0) : width,
            tiled ? directory.value(323, 0) : Math.min(height, directory.valueOr(278, height)))
        .checked();
  }

  /** A tag that has one value a sample, all alike. */
  private static int uniform(TiffDirectory directory, int tag, int absent, int samples)
      throws ImageException {
    long first = directory.valueOr(tag, absent);
    for (int i = 1; i < Math.min(directory.count(tag), samples); i++) {
      if (directory.value(tag, i) != first) {
        throw ImageException.unsupported("it is a TIFF whose samples differ in TIFF tag " + tag);
      }
    }
    return (int) first;
  }

  private TiffLayout checked() throws ImageException {
    if (!COMPRESSIONS.contains(compression)) {
      throw ImageException.unsupported("it is a TIFF with compression " + compression);
    }
    checkBands();
    // 1: unsigned whole numbers; 4: the writer did not know.
    int format = uniform(directory, 339, 1, samples);
    if ((format != 1 && format != 4) || !DEPTHS.contains(bits)) {
      throw ImageException.unsupported(
          "it is a TIFF with samples of " + bits + " bits, format " + format);
    }
    if (width < 1 || height < 1 || partWidth < 1 || partHeight < 1) {
      throw ImageException.damaged("it has a TIFF strip or tile without pixels");
    }
    if (tiled && (partWidth > MAX_TILE || partHeight > MAX_TILE)) {
      throw ImageException.unsupported(
          "it is a TIFF with tiles of " + partWidth + " x " + partHeight + " pixels");
    }
    return this;
  }

  private void checkBands() throws ImageException {
    int colors = colors();
    if (samples < colors || samples > MAX_SAMPLES) {
      throw ImageException.unsupported("it is a TIFF with " + samples + " samples per pixel");
    }
    if (colors == 1 && samples > 2) {
      // Which of them a person would look at, the file does not say.
      throw new ImageException(
          "it is a TIFF with " + samples + " bands that are neither grey nor red, green and blue",
          "save the band that shows the product as grey, or three of them as RGB");
    }
    if (photometric == SEPARATED && directory.valueOr(INK_SET, 1) != 1) {
      throw ImageException.unsupported("it is a TIFF of other inks than CMYK");
    }
    if (premultiplied() && (photometric == SEPARATED || photometric == YCBCR)) {
      throw ImageException.unsupported("it is a CMYK or YCbCr TIFF with premultiplied alpha");
    }
  }

  private int colors() throws ImageException {
    return switch (photometric) {
      case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
      case RGB, YCBCR -> 3;
      case SEPARATED -> 4;
      default ->
          throw ImageException.unsupported(
              "it is a TIFF with photometric interpretation " + photometric);
    };
  }

  /** Whether a band behind the colours is alpha that they have been multiplied with. */
  boolean premultiplied() throws ImageException {
    return bandOf(PREMULTIPLIED) >= 0;
  }

  /** Which band is that alpha; -1 where none is. */
  int premultipliedBand() throws ImageException {
    return bandOf(PREMULTIPLIED);
  }

  /** The first band behind the colours that is said to be of a kind; -1 where none is. */
  private int bandOf(int kind) throws ImageException {
    int colors = colors();
    for (int band = colors; band < Math.min(samples, colors + extras()); band++) {
      if (directory.value(EXTRA_SAMPLES, band - colors) == kind) {
        return band;
      }
    }
    return -1;
  }

  /** How many bands behind the colours are explained. */
  private long extras() {
    return directory.has(EXTRA_SAMPLES) ? directory.count(EXTRA_SAMPLES) : 0;
  }

  /** How many bands there are besides colours and alpha. */
  int furtherBands() throws ImageException {
    int further = samples - colors();
    if (further > 0) {
      // RGB with a fourth band that is not explained is RGBA of a careless writer.
      boolean alpha =
          premultiplied()
              || bandOf(STRAIGHT) >= 0
              || (colors() == RgbImage.BANDS && !directory.has(EXTRA_SAMPLES));
      return alpha ? further - 1 : further;
    }
    return 0;
  }

  long across() {
    return (width + partWidth - 1) / partWidth;
  }

  long down() {
    return (height + partHeight - 1) / partHeight;
  }

  private long parts() {
    return across() * down() * (planar ? samples : 1);
  }

  /** Every strip or tile must lie in the file; to be asked after the picture's size is accepted. */
  void checkParts() throws ImageException {
    if (directory.count(tiled ? 324 : 273) < parts()) {
      throw ImageException.damaged(
          "it has " + directory.count(tiled ? 324 : 273) + " TIFF strips or tiles of " + parts());
    }
    for (int part = 0; part < parts(); part++) {
      if (compression == UNCOMPRESSED && length(part) < uncompressed(part)) {
        throw ImageException.damaged(
            String.format(
                "TIFF strip or tile %d has %d bytes and needs %d",
                part + 1, length(part), uncompressed(part)));
      }
      if (offset(part) + length(part) > fileLength) {
        throw ImageException.truncated(
            String.format(
                "TIFF strip or tile %d is said to end at byte %d of %d",
                part + 1, offset(part) + length(part), fileLength));
      }
    }
  }

  /** The bytes a strip or tile has at least; a last strip is as high as what is left. */
  private long uncompressed(int part) {
    if (photometric == YCBCR) {
      // Subsampled: how much, only the decoder knows.
      return 1;
    }
    long top = part / across() % down() * partHeight;
    long rows = tiled ? partHeight : Math.min(partHeight, height - top);
    return rows * ((partWidth * bits * (planar ? 1 : samples) + 7) / 8);
  }

  long offset(int part) throws ImageException {
    return directory.value(tiled ? 324 : 273, part);
  }

  long length(int part) throws ImageException {
    return directory.value(tiled ? 325 : 279, part);
  }
}
