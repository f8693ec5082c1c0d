package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.NotedImage;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the pictures of a run, and keeps what their reader has to say of them until their results
 * are delivered, and how large they are. For many threads.
 */
public final class NotedReading {

  private final ImageReader reader;
  private final Map<Path, List<PictureNote>> notes = new ConcurrentHashMap<>();
  private final Map<Path, Size> sizes = new ConcurrentHashMap<>();

  /** A picture's size as it is shown, in pixels. */
  record Size(int width, int height) {}

  /**
   * A reading.
   *
   * @param reader reads the pictures
   */
  public NotedReading(ImageReader reader) {
    this.reader = reader;
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
}
