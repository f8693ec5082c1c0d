package io.github.anople.core.image;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Reads picture files: PNG, JPEG, BMP, TIFF, WebP, PGM and PPM, told apart by their content, not
 * their name.
 *
 * <p>Pixels come out as Pillow's {@code convert("RGB")} gives them: samples of fewer than 8 bits
 * are stretched to 0..255, 16 bits keep their high byte, palettes are looked up, grey is repeated,
 * alpha is dropped and not blended, CMYK is converted without an ink profile. Embedded colour
 * profiles and gamma values are ignored. Of several pages or frames the first is read. The
 * orientation of EXIF, or of XMP where EXIF has none, is honoured as the last step, unless {@link
 * Options#honourOrientation} is off. Colours that were multiplied with alpha are divided by it.
 *
 * <p>Where both use libjpeg-turbo the samples are Pillow's to the bit, with two exceptions. Grey of
 * 16 bits keeps its high byte, where Pillow's conversion clips it at 255. Lossy WebP is not decoded
 * by libwebp: on a photograph levels were 1.6 off on average and 23 at most, and blue 2.7 too low
 * on average, so do not mix lossy WebP with other formats in one data set.
 *
 * <p>Many cameras put 10, 12 or 14 bits into the low end of 16. How many counts {@link
 * Options#bitDepth}, else what the file says; where neither tells and the picture is dark for it, a
 * note does.
 *
 * <p>What a file claims is held against {@link Options} before its pixels are decoded, and a file
 * that is cut short or damaged is refused: there are no half pictures. Where a file breaks the
 * rules and its pixels are whole all the same, it is read, and {@link #readNoted(Path)} tells what
 * was repaired or left out. A reader is immutable and may be shared between threads.
 */
public final class ImageReader {

  private static final long MIB = 1 << 20;

  /** Some decoders put whole tables into their messages. */
  private static final int LONGEST_DETAIL = 120;

  private final Options options;
  private final NoteListener listener;

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
    this(options, NoteListener.SILENT);
  }

  /**
   * The same, which tells somebody of what it notes, whoever reads.
   *
   * @param options what to accept, and what to do about orientation
   * @param listener told of every note of every picture; masks have none
   */
  public ImageReader(Options options, NoteListener listener) {
    this.options = Objects.requireNonNull(options);
    this.listener = Objects.requireNonNull(listener);
  }

  /** Hears what a reader notes of pictures, on every thread that reads. */
  @FunctionalInterface
  public interface NoteListener {

    /** A listener that does nothing. */
    NoteListener SILENT = (name, note) -> {};

    /**
     * A picture was read, and there is something to say of it.
     *
     * @param name what messages call it
     * @param note what there is to say
     */
    void noted(String name, PictureNote note);
  }

  /**
   * What a reader accepts, and how it understands it.
   *
   * @param maxPixels columns times rows, at most 715,827,879 (what one Java array of samples holds)
   * @param maxFileBytes size of a file, at most 2,000,000,000 bytes
   * @param honourOrientation whether EXIF's or XMP's orientation turns and mirrors the picture;
   *     {@code false} gives the pixels as they are stored
   * @param bitDepth how many of 16 bits a camera's samples use, from the lowest one up, 8 to 16;
   *     empty where the files tell or all are used. Nothing changes for samples of 8 bits
   */
  public record Options(
      long maxPixels, long maxFileBytes, boolean honourOrientation, OptionalInt bitDepth) {

    /** The largest limit of a file's size, in bytes. */
    public static final long LARGEST_FILE = 2_000_000_000;

    /**
     * Checks the limits.
     *
     * @param maxPixels columns times rows
     * @param maxFileBytes size of a file
     * @param honourOrientation whether orientation is applied
     * @param bitDepth how many of 16 bits samples use
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
      if (bitDepth.isPresent()
          && (bitDepth.getAsInt() < Byte.SIZE || bitDepth.getAsInt() > Short.SIZE)) {
        throw new InputException(
            "bitDepth", bitDepth.getAsInt() + " is out of range", "choose 8 to 16");
      }
    }

    /**
     * Limits, with the bit depth left to the files.
     *
     * @param maxPixels columns times rows
     * @param maxFileBytes size of a file
     * @param honourOrientation whether orientation is applied
     * @throws InputException if one is not positive or larger than can be held
     */
    public Options(long maxPixels, long maxFileBytes, boolean honourOrientation) {
      this(maxPixels, maxFileBytes, honourOrientation, OptionalInt.empty());
    }

    /**
     * 200 megapixels, 1 GiB, orientation honoured, the bit depth left to the files. A finished
     * picture takes 3 bytes a pixel, so these are 600 MB; decoding 16-bit samples takes up to 8
     * bytes more. Whatever the limit, a picture that this Java heap could not hold is refused.
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
      return new Options(maxPixels, maxFileBytes, honourOrientation, bitDepth);
    }

    /**
     * The same with another limit of a file's size.
     *
     * @param maxFileBytes size of a file
     * @return the options
     */
    public Options withMaxFileBytes(long maxFileBytes) {
      return new Options(maxPixels, maxFileBytes, honourOrientation, bitDepth);
    }

    /**
     * The same with or without orientation.
     *
     * @param honourOrientation whether orientation is applied
     * @return the options
     */
    public Options withHonourOrientation(boolean honourOrientation) {
      return new Options(maxPixels, maxFileBytes, honourOrientation, bitDepth);
    }

    /**
     * The same with another bit depth.
     *
     * @param bitDepth how many of 16 bits samples use; empty where the files tell
     * @return the options
     */
    public Options withBitDepth(OptionalInt bitDepth) {
      return new Options(maxPixels, maxFileBytes, honourOrientation, bitDepth);
    }
  }

  /**
   * What this reader accepts.
   *
   * @return its options
   */
  public Options options() {
    return options;
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
    return readNoted(file).image();
  }

  /**
   * Reads a file, and says what a person should know of it.
   *
   * @param file the picture
   * @return its pixels, and what was repaired, left out or looks odd
   * @throws InputException as {@link #read(Path)} does
   */
  public NotedImage readNoted(Path file) {
    return readNoted(bytes(file), file.toString());
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
    return read(bytes(file), file.toString(), Reading.ofMarks()).image();
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
    return readNoted(bytes, name).image();
  }

  /**
   * Reads a file that is in memory already, and says what a person should know of it.
   *
   * @param bytes the whole file; must not change while it is read
   * @param name what messages call it
   * @return its pixels, and what was repaired, left out or looks odd
   * @throws InputException as {@link #read(byte[], String)} does
   */
  public NotedImage readNoted(byte[] bytes, String name) {
    NotedImage read = read(bytes, name, Reading.ofPicture(options.bitDepth));
    read.notes().forEach(note -> listener.noted(name, note));
    return read;
  }

  private NotedImage read(byte[] bytes, String name, Reading reading) {
    checkSize(bytes.length, name);
    try {
      EncodedImage image = Formats.parse(bytes, reading);
      checkClaims(image, bytes.length);
      RgbImage stored = image.decode(reading);
      if (stored.width() != image.width() || stored.height() != image.height()) {
        throw ImageException.damaged("its header and its pixels disagree about its size");
      }
      return new NotedImage(
          options.honourOrientation ? image.orientation().apply(stored) : stored, reading.notes());
    } catch (ImageException e) {
      throw e.of(name);
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
              "save it smaller or raise the limit")
          .about(Topic.FILE_LIMIT);
    }
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
          "save it smaller or raise the limit",
          Topic.PIXEL_LIMIT);
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
