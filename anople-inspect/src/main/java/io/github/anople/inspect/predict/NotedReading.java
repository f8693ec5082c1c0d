package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.NotedImage;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the pictures of a run, and keeps what their reader has to say of them, and how they look if
 * somebody asks, until their results are delivered. For many threads.
 */
public final class NotedReading {

  private final ImageReader reader;
  private final boolean looks;
  private final Map<Path, List<PictureNote>> notes = new ConcurrentHashMap<>();
  private final Map<Path, Look> seen = new ConcurrentHashMap<>();

  /**
   * A reading that does not care how pictures look.
   *
   * @param reader reads the pictures
   */
  public NotedReading(ImageReader reader) {
    this(reader, false);
  }

  /**
   * A reading.
   *
   * @param reader reads the pictures
   * @param looks whether somebody asks how they look
   */
  NotedReading(ImageReader reader, boolean looks) {
    this.reader = reader;
    this.looks = looks;
  }

  /**
   * Reads a picture.
   *
   * @param file the picture
   * @return its pixels
   * @throws InputException if it cannot be read
   */
  public RgbImage read(Path file) {
    return read(file, bytes(file));
  }

  /** A picture's file, for who wants to know more of it than its pixels. */
  byte[] bytes(Path file) {
    return reader.bytes(file);
  }

  /** Decodes what {@link #bytes} gave. */
  RgbImage read(Path file, byte[] bytes) {
    NotedImage read = reader.readNoted(bytes, file.toString());
    if (!read.notes().isEmpty()) {
      notes.put(file, read.notes());
    }
    if (looks) {
      seen.put(file, Look.of(read.image()));
    }
    return read.image();
  }

  /**
   * What there is to say of a picture that was read, once.
   *
   * @param file the picture
   * @return mostly nothing
   */
  public List<PictureNote> take(Path file) {
    List<PictureNote> known = notes.remove(file);
    return known == null ? List.of() : known;
  }

  /** How a picture looks that was read, once; empty where nobody asked. */
  Optional<Look> takeLook(Path file) {
    return Optional.ofNullable(seen.remove(file));
  }
}
