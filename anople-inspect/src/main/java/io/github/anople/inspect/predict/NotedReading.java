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
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads the pictures of a run, and keeps what their reader has to say of them until their results
 * are delivered, how large they are, and how they look if somebody asks. For many threads.
 */
public final class NotedReading {

  private final ImageReader reader;
  private final boolean looks;
  private final Optional<Region> region;
  private final Map<Path, Deque<Read>> waiting = new ConcurrentHashMap<>();

  /**
   * What is known of a picture that was read, besides its pixels.
   *
   * @param notes what its reader has to say of it, mostly nothing
   * @param width columns, as it is shown
   * @param height its rows
   * @param look how it looks; empty where nobody asked
   */
  public record Read(List<PictureNote> notes, int width, int height, Optional<Look> look) {}

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
    NotedImage noted = reader.readNoted(bytes, file.toString());
    RgbImage image = noted.image();
    Read read =
        new Read(
            noted.notes(),
            image.width(),
            image.height(),
            looks ? Optional.of(Look.of(image, region)) : Optional.empty());
    waiting.compute(
        file,
        (name, known) -> {
          Deque<Read> all = known == null ? new ArrayDeque<>() : known;
          all.add(read);
          return all;
        });
    return image;
  }

  /** Forgets what nobody took, when all that was read is delivered. */
  void clear() {
    waiting.clear();
  }

  /**
   * What is known of a picture that was read, once for each time that it was.
   *
   * @param file the picture
   * @return the earliest that was not taken
   * @throws IllegalStateException if there is none
   */
  public Read take(Path file) {
    AtomicReference<Read> taken = new AtomicReference<>();
    waiting.computeIfPresent(
        file,
        (name, all) -> {
          taken.set(all.remove());
          return all.isEmpty() ? null : all;
        });
    if (taken.get() == null) {
      throw new IllegalStateException(file + " was not read");
    }
    return taken.get();
  }
}
