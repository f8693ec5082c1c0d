package io.github.anople.console;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** {@code --bit-depth}, {@code --max-pixels} and {@code --max-file-mb}: how pictures are read. */
public final class PictureOptions {

  private static final int MB = 1_000_000;

  @Option(
      names = "--bit-depth",
      paramLabel = "8..16",
      description =
          "How many of 16 bits the camera uses, from the lowest one up: 10, 12 or 14. Default: what"
              + " the files say, as the detector was trained.")
  private Integer bitDepth;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Refuse pictures of more pixels (columns times rows), which take 3 to 14 bytes each."
              + " Default: 200000000.")
  private Long maxPixels;

  @Option(
      names = "--max-file-mb",
      paramLabel = "N",
      description = "Refuse files of more megabytes. Default: 1073.")
  private Integer maxFileMegabytes;

  /** An option holder, which picocli fills. */
  public PictureOptions() {}

  /**
   * A reader of pictures of which nothing is to be said.
   *
   * @return a reader
   * @throws InputException if an option is out of range
   */
  public ImageReader reader() {
    return reader(ImageReader.NoteListener.SILENT);
  }

  /**
   * A reader of pictures that no detector knows yet.
   *
   * @param notes told of what is to be said of a picture
   * @return a reader
   * @throws InputException if an option is out of range
   */
  public ImageReader reader(ImageReader.NoteListener notes) {
    return reader(ImageReader.Options.defaults(), notes);
  }

  /**
   * A reader of pictures for a detector: with the bit depth of its shots, unless another was given,
   * which is said.
   *
   * @param detector what the detector was made from
   * @param notes told of what is to be said of a picture
   * @param words where it is said
   * @return a reader
   * @throws InputException if an option is out of range
   */
  public ImageReader reader(Provenance detector, ImageReader.NoteListener notes, Output words) {
    ImageReader reader = reader(detector.reading(), notes);
    if (!reader.options().bitDepth().equals(detector.bitDepth())) {
      words.info(
          ("note: pictures are read with --bit-depth %d, and the detector was trained with %s:"
                  + " scores are right only where both show the same")
              .formatted(
                  bitDepth,
                  detector.bitDepth().isPresent()
                      ? "--bit-depth " + detector.bitDepth().getAsInt()
                      : "what its files said"));
    }
    return reader;
  }

  private ImageReader reader(ImageReader.Options usual, ImageReader.NoteListener notes) {
    ImageReader.Options options = usual;
    try {
      if (bitDepth != null) {
        options = options.withBitDepth(OptionalInt.of(bitDepth));
      }
      if (maxPixels != null) {
        options = options.withMaxPixels(maxPixels);
      }
      if (maxFileMegabytes != null) {
        options = options.withMaxFileBytes((long) maxFileMegabytes * MB);
      }
    } catch (InputException e) {
      throw fault(e);
    }
    return new ImageReader(options, notes);
  }

  private InputException fault(InputException e) {
    return switch (e.where()) {
      case "bitDepth" -> new InputException("--bit-depth", e.problem(), e.remedy(), e);
      case "maxPixels" -> new InputException("--max-pixels", e.problem(), e.remedy(), e);
      // The reader counts bytes.
      default ->
          new InputException(
              "--max-file-mb",
              maxFileMegabytes + " is out of range",
              "choose 1 to " + ImageReader.Options.LARGEST_FILE / MB,
              e);
    };
  }
}
