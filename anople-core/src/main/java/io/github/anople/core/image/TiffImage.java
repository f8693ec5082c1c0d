package io.github.anople.core.image;

import io.github.anople.core.image.PictureNote.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * A TIFF file: its first page, strips or tiles, grey, palette, RGB, YCbCr and CMYK of 1 to 16 bits.
 *
 * <p>Strips and tiles with JPEG inside are decoded by {@link TiffJpeg}, everything else by the
 * library, from a directory that holds only the tags that carry the picture.
 */
record TiffImage(
    TiffDirectory directory, ByteBuffer file, TiffLayout layout, Orientation orientation)
    implements EncodedImage {

  private static final int PHOTOMETRIC = 262;
  private static final int XMP = 700;
  private static final Set<Integer> IMAGE_TAGS =
      Set.of(
          256,
          257,
          258,
          259,
          PHOTOMETRIC,
          266,
          273,
          277,
          278,
          279,
          284,
          292,
          293,
          317,
          320,
          322,
          323,
          324,
          325,
          338,
          339,
          529,
          530,
          531,
          532);

  /** MaxSampleValue, of whole numbers and of any samples. */
  private static final int[] LARGEST_SAMPLE = {281, 341};

  static boolean matches(byte[] file) {
    if (file.length < 4) {
      return false;
    }
    // A byte order, and 42 or 43 in that order.
    int little = file[0] == 'I' && file[1] == 'I' && file[3] == 0 ? file[2] : 0;
    int big = file[0] == 'M' && file[1] == 'M' && file[2] == 0 ? file[3] : 0;
    return (little | big) == 42 || (little | big) == 43;
  }

  static TiffImage parse(ByteBuffer file, Reading reading) throws ImageException {
    TiffDirectory directory = TiffDirectory.parse(file);
    TiffLayout layout = TiffLayout.of(directory, file.limit());
    Orientation orientation =
        Orientation.ofDirectory(directory)
            .or(() -> Orientation.ofXmp(directory.bytes(XMP)))
            .orElse(Orientation.UPRIGHT);
    notePages(directory, reading);
    int further = layout.furtherBands();
    if (further > 0) {
      reading.note(
          Kind.FURTHER_BANDS,
          "has %d further %s beside its colours, left out"
              .formatted(further, further == 1 ? "band" : "bands"));
    }
    return new TiffImage(directory, file, layout, orientation);
  }

  private static void notePages(TiffDirectory first, Reading reading) {
    int further = first.furtherPages();
    if (!first.isPage()) {
      reading.note(
          Kind.FURTHER_PAGES, "begins with a preview or mask of another page, which was read");
    } else if (further > 0) {
      reading.note(
          Kind.FURTHER_PAGES, "has " + (1 + further) + " pages, of which the first alone was read");
    }
  }

  @Override
  public long width() {
    return layout.width();
  }

  @Override
  public long height() {
    return layout.height();
  }

  @Override
  public int heapPerPixel() {
    return layout.samples() * (layout.bits() > 8 ? 2 : 1);
  }

  @Override
  public RgbImage decode(Reading reading) throws IOException {
    layout.checkParts();
    if (layout.compression() == TiffLayout.JPEG) {
      return TiffJpeg.decode(layout, file, directory.bytes(TiffLayout.JPEG_TABLES), reading);
    }
    // What fills the low bits of 16 is seen before it is inverted, not behind.
    boolean inverted = layout.photometric() == TiffLayout.WHITE_IS_ZERO && layout.bits() > 8;
    BufferedImage image =
        Codec.TIFF.read(
            directory.rewritten(
                IMAGE_TAGS, inverted ? Map.of(PHOTOMETRIC, TiffLayout.BLACK_IS_ZERO) : Map.of()));
    Raster raster = image.getRaster();
    if (layout.photometric() == TiffLayout.SEPARATED) {
      byte[] inks = Rasters.interleaved(raster, 0, 1, 2, 3);
      return Inks.toRgb(image.getWidth(), image.getHeight(), inks);
    }
    if (layout.photometric() == TiffLayout.PALETTE) {
      return Rasters.lookUp(raster, TiffPalette.of(directory, layout.bits(), reading));
    }
    if (layout.bits() > 8) {
      stateDepth(reading);
    }
    RgbImage colors = toRgb(raster, image.getColorModel(), reading);
    return inverted ? Rasters.inverted(colors) : colors;
  }

  private RgbImage toRgb(Raster raster, ColorModel colors, Reading reading) throws ImageException {
    RgbImage stored = Rasters.toRgb(raster, colors, reading);
    return layout.premultiplied() && !reading.marks()
        ? Rasters.unmultiplied(stored, raster, layout.premultipliedBand())
        : stored;
  }

  private void stateDepth(Reading reading) throws ImageException {
    if (layout.bits() < Short.SIZE) {
      reading.depth().exactly(layout.bits());
      return;
    }
    for (int tag : LARGEST_SAMPLE) {
      // A tag of another type says nothing: it is no part of the picture.
      if (directory.isWhole(tag)) {
        reading.depth().largest(directory.value(tag, 0));
      }
    }
  }
}
