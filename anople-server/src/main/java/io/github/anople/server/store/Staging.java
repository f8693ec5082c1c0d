package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Files that came together, looked at before any of them is kept. For one thread. */
public final class Staging implements AutoCloseable {

  private final ContentFiles files;
  private final Map<String, Staged> staged = new LinkedHashMap<>();

  Staging(ContentFiles files) {
    this.files = files;
  }

  private record Staged(ContentFiles.Content content, Path file) {}

  /**
   * Takes what a stream delivers.
   *
   * @param in the stream, read to its end
   * @param most the largest size that is taken, in bytes
   * @return what came
   * @throws InputException if it is larger, or the disk is full
   */
  public ContentFiles.Content add(InputStream in, long most) {
    Path file = files.temporary();
    boolean whole = false;
    try {
      ContentFiles.Content content = ContentFiles.write(in, most, file);
      whole = staged.putIfAbsent(content.sha256(), new Staged(content, file)) == null;
      return content;
    } catch (IOException e) {
      throw files.notKept(e);
    } finally {
      if (!whole) {
        ContentFiles.forget(file);
      }
    }
  }

  /**
   * A file that came.
   *
   * @param sha256 its content's name
   * @return name and size
   */
  public ContentFiles.Content content(String sha256) {
    return get(sha256).content;
  }

  /**
   * Where a file is that came.
   *
   * @param sha256 its content's name
   * @return its path until it is kept
   */
  public Path path(String sha256) {
    return get(sha256).file;
  }

  private Staged get(String sha256) {
    return Objects.requireNonNull(staged.get(sha256), sha256);
  }

  /**
   * Keeps all that came.
   *
   * @throws InputException if the disk is full
   */
  public void keep() {
    try {
      for (Staged one : staged.values()) {
        files.placed(one.file, one.content.sha256(), one.content.bytes());
      }
    } catch (IOException e) {
      throw files.notKept(e);
    }
  }

  /** Removes what was not kept. */
  @Override
  public void close() {
    staged.values().forEach(one -> ContentFiles.forget(one.file));
  }
}
