package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.NotedImage;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the pictures of a run, and keeps what their reader has to say of them until their results
 * are delivered, how large they are, and how they look if somebody asks. For many threads.
 */
public final class NotedReading {

  private final ImageReader reader;
  private final boolean looks;
  private final Optional<Region> region;
  private final Map<Path, List<PictureNote>> notes = new ConcurrentHashMap<>();
  private final Map<Path, Size> sizes = new ConcurrentHashMap<>();
  private final Map<Path, Deque<Look>> seen = new ConcurrentHashMap<>();

  /** A picture's size as it is shown, in pixels. */
  record Size(int width, int height) {}

  /**
   * A reading that does not care how pictures look.
   *
   * @param reader reads the pictures
   */
  public NotedReading(ImageReader reader) {
    this(reader, false, Optional.empty());
  }

  /**
   * A reading.
   *
   * @param reader reads the pictures
   * @param looks whether somebody asks how they look
   * @param region which part of them counts for that
   */
  NotedReading(ImageReader reader, boolean looks, Optional<Region> region) {
    this.reader = reader;
    this.looks = looks;
    this.region = region;
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
    sizes.put(file, new Size(read.image().width(), read.image().height()));
    if (looks) {
      Look look = Look.of(read.image(), region);
      seen.compute(
          file,
          (name, known) -> {
            Deque<Look> waiting = known == null ? new ArrayDeque<>() : known;
            waiting.add(look);
            return waiting;
          });
    }
    return read.image();
  }

  /** How large a picture was when it was last read. */
  Size size(Path file) {
    return sizes.get(file);
  }

  /** Forgets all sizes, when what was read is delivered. */
  void clear() {
    sizes.clear();
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

  /** How a picture looks that was read, once for each time; empty where nobody asked. */
  Optional<Look> takeLook(Path file) {
    Deque<Look> known = seen.get(file);
    if (known == null) {
      return Optional.empty();
    }
    Look look = known.element();
    seen.computeIfPresent(
        file,
        (name, waiting) -> {
          waiting.remove();
          return waiting.isEmpty() ? null : waiting;
        });
    return Optional.of(look);
  }
}
