package io.github.anople.core.image;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads picture files: PNG, JPEG, BMP, TIFF and WebP, told apart by their content, not their name.
 *
 * <p>Pixels come out as Pillow's {@code convert("RGB")} gives them: samples of fewer than 8 bits
 * are stretched to 0..255, 16 bits keep their high byte, palettes are looked up, grey is repeated,
 * alpha is dropped and not blended, CMYK is converted without an ink profile. Embedded colour
 * profiles and gamma values are ignored. Of several pages or frames the first is read. EXIF's
 * orientation is honoured as the last step, unless {@link Options#honourOrientation} is off.
 *
 * <p>Where both use libjpeg-turbo the samples are Pillow's to the bit, with two exceptions. Grey of
 * 16 bits keeps its high byte, where Pillow's conversion clips it at 255. Lossy WebP is not decoded
 * by libwebp: on a photograph levels were 1.6 off on average and 23 at most, and blue 2.7 too low
 * on average, so do not mix lossy WebP with other formats in one data set.
 *
 * <p>What a file claims is held against {@link Options} before its pixels are decoded, and a file
 * that is cut short or damaged is refused: there are no half pictures. A reader is immutable and
 * may be shared between threads.
 */
public final class ImageReader {

  private static final long MIB = 1 << 20;

  /** Some decoders put whole tables into their messages. */
  private static final int LONGEST_DETAIL = 120;

  private final Options options;

  /** A reader with {@link Options#defaults}. */
  public ImageReader() {
    this(Options.defaults());
  }

  /**
   * A reader with limits of its own.
   *
   * @param options what to accept, and what to do about orientation
   */
  public ImageReader(Options options) {
    this.options = Objects.requireNonNull(options);
  }

  /**
   * What a reader accepts.
   *
   * @param maxPixels columns times rows, at most 715,827,879 (what one Java array of samples holds)
   * @param maxFileBytes size of a file, at most 2,000,000,000 bytes
   * @param honourOrientation whether EXIF's orientation turns and mirrors the picture; {@code
   *     false} gives the pixels as they are stored
   */
  public record Options(long maxPixels, long maxFileBytes, boolean honourOrientation) {

    private static final long LARGEST_FILE = 2_000_000_000;

    /**
     * Checks the limits.
     *
     * @param maxPixels columns times rows
     * @param maxFileBytes size of a file
     * @param honourOrientation whether EXIF's orientation is applied
     * @throws InputException if one is not positive or larger than can be held
     */
    public Options {
      if (maxPixels < 1 || maxPixels > RgbImage.MAX_PIXELS) {
        throw new InputException(
            "maxPixels", maxPixels + " is out of range", "choose 1 to " + RgbImage.MAX_PIXELS);
      }
      if (maxFileBytes < 1 || maxFileBytes > LARGEST_FILE) {
        throw new InputException(
            "maxFileBytes", maxFileBytes + " is out of range", "choose 1 to " + LARGEST_FILE);
      }
    }

    /**
     * 200 megapixels, 1 GiB, orientation honoured. A finished picture takes 3 bytes a pixel, so
     * these are 600 MB; decoding 16-bit samples takes up to 8 bytes more. Whatever the limit, a
     * picture that this Java heap could not hold is refused.
     *
     * @return the default options
     */
    public static Options defaults() {
      return new Options(200_000_000, 1024 * MIB, true);
    }

    /**
     * The same with another limit of pixels.
     *
     * @param maxPixels columns times rows
     * @return the options
     */
    public Options withMaxPixels(long maxPixels) {
      return new Options(maxPixels, maxFileBytes, honourOrientation);
    }

    /**
     * The same with or without orientation.
     *
     * @param honourOrientation whether EXIF's orientation is applied
     * @return the options
     */
    public Options withHonourOrientation(boolean honourOrientation) {
      return new Options(maxPixels, maxFileBytes, honourOrientation);
    }
  }

  /**
   * Reads a file.
   *
   * @param file the picture
   * @return its pixels
   * @throws InputException if there is no such file, or it is a folder, empty, too large, not a
   *     picture of a known format, cut short or damaged
   */
  public RgbImage read(Path file) {
    return read(bytes(file), file.toString());
  }

  /**
   * Reads a file whose pixels are marks, such as a mask: as {@link #read(Path)}, but a sample of
   * more than 8 bits that is not zero does not become zero. A mask may well hold 0 and 1 in 16
   * bits.
   *
   * @param file the picture
   * @return its pixels; of their values only zero or not means something
   * @throws InputException as {@link #read(Path)} does
   */
  public RgbImage readMarks(Path file) {
    return read(bytes(file), file.toString(), EncodedImage::decodeMarks);
  }

  /**
   * Reads a file that is in memory already.
   *
   * @param bytes the whole file; must not change while it is read
   * @param name what messages call it
   * @return its pixels
   * @throws InputException if it is empty, too large, not a picture of a known format, cut short or
   *     damaged
   */
  public RgbImage read(byte[] bytes, String name) {
    return read(bytes, name, EncodedImage::decode);
  }

  private interface Decoding {
    RgbImage of(EncodedImage image) throws IOException;
  }

  private RgbImage read(byte[] bytes, String name, Decoding decoding) {
    checkSize(bytes.length, name);
    try {
      EncodedImage image = parse(bytes);
      checkClaims(image, bytes.length);
      RgbImage stored = decoding.of(image);
      if (stored.width() != image.width() || stored.height() != image.height()) {
        throw ImageException.damaged("its header and its pixels disagree about its size");
      }
      return options.honourOrientation ? image.orientation().apply(stored) : stored;
    } catch (ImageException e) {
      throw new InputException(name, e.getMessage(), e.remedy(), e);
    } catch (OutOfMemoryError e) {
      throw new InputException(
          name,
          "there is not enough memory to decode it",
          "give Java a larger heap (-Xmx) or read fewer pictures at once",
          e);
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      // Decoders meet damaged data with every kind of exception; none of them is our caller's.
      String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      detail = detail.substring(0, Math.min(LONGEST_DETAIL, detail.length()));
      throw new InputException(
          name,
          "its pixels cannot be decoded (" + detail + ")",
          "the file is damaged: copy or save it again",
          e);
    }
  }

  /**
   * Reads a file without decoding it, for whoever wants its bytes as well as its pixels.
   *
   * @param file the image
   * @return the whole file, for {@link #read(byte[], String)}
   * @throws InputException if there is no such file, or it is a folder, empty or too large
   */
  public byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new InputException(file, "is a folder", "name a picture file");
      }
      if (!Files.exists(file)) {
        throw new InputException(file, "no such file", "check the path");
      }
      if (!Files.isRegularFile(file)) {
        throw new InputException(file, "is not a regular file", "name a picture file");
      }
      checkSize(Files.size(file), file.toString());
      return Files.readAllBytes(file);
    } catch (IOException e) {
      // The message of a failure of the file system is the path again; its kind says more.
      String detail =
          e instanceof FileSystemException ? e.getClass().getSimpleName() : e.getMessage();
      throw new InputException(
          file, "cannot be read (" + detail + ")", "check its permissions and the disk", e);
    } catch (OutOfMemoryError e) {
      throw new InputException(
          file, "there is not enough memory to read it", "give Java a larger heap (-Xmx)", e);
    }
  }

  private void checkSize(long bytes, String name) {
    if (bytes == 0) {
      throw new InputException(name, "is empty (0 bytes)", "copy or save it again");
    }
    if (bytes > options.maxFileBytes) {
      throw new InputException(
          name,
          "has " + bytes + " bytes, and at most " + options.maxFileBytes + " are accepted",
          "save it smaller or raise the limit");
    }
  }

  private static EncodedImage parse(byte[] bytes) throws ImageException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (PngImage.matches(bytes)) {
      return PngImage.parse(file);
    }
    if (bytes.length >= 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8) {
      return JpegImage.parse(file);
    }
    if (TiffImage.matches(bytes)) {
      return TiffImage.parse(file);
    }
    if (WebpImage.matches(bytes)) {
      return WebpImage.parse(file);
    }
    if (BmpImage.matches(bytes)) {
      return BmpImage.parse(file);
    }
    throw new ImageException(
        "is not a PNG, JPEG, BMP, TIFF or WebP picture (it begins with \"" + start(bytes) + "\")",
        "give a picture, or save it as PNG");
  }

  private static String start(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
    return start.replaceAll("[^ -~]", "?");
  }

  private void checkClaims(EncodedImage image, int fileBytes) throws ImageException {
    long width = image.width();
    long height = image.height();
    if (width < 1 || height < 1) {
      throw ImageException.damaged("claims to be " + width + " x " + height + " pixels");
    }
    // Each side on its own first: the product of two hostile sides need not fit a long.
    if (width > options.maxPixels
        || height > options.maxPixels
        || width * height > options.maxPixels) {
      throw new ImageException(
          String.format(
              "claims to be %d x %d pixels, and at most %d are accepted",
              width, height, options.maxPixels),
          "save it smaller or raise the limit");
    }
    int turned = image.orientation() == Orientation.UPRIGHT ? 0 : RgbImage.BANDS;
    long heap = width * height * (RgbImage.BANDS + image.heapPerPixel() + turned) + 2L * fileBytes;
    if (heap > Runtime.getRuntime().maxMemory()) {
      throw new ImageException(
          String.format(
              "its %d x %d pixels take %d MiB to decode, and Java may use %d MiB",
              width, height, heap / MIB, Runtime.getRuntime().maxMemory() / MIB),
          "give Java a larger heap (-Xmx) or save the picture smaller");
    }
  }
}
