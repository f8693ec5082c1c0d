package io.github.anople.inspect.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which content of a file's name: a camera that overwrites its last picture makes a new one.
 *
 * @param size bytes
 * @param modified milliseconds since 1970
 * @param changed nanoseconds since 1970 of the last change of content or attributes, which nobody
 *     can set; {@link #UNKNOWN} where the system does not tell
 * @param inode which file of its disk it is, or {@link #UNKNOWN}
 */
public record Stamp(long size, long modified, long changed, long inode) {

  /** What the system does not tell. */
  public static final long UNKNOWN = 0;

  private static final String UNIX = "unix";

  /**
   * What a file, or the file that a link leads to, is now.
   *
   * @param file the file
   * @return empty if it is none
   */
  public static Optional<Stamp> of(Path file) {
    try {
      return file.getFileSystem().supportedFileAttributeViews().contains(UNIX)
          ? ofUnix(Files.readAttributes(file, "unix:isRegularFile,size,lastModifiedTime,ctime,ino"))
          : ofAny(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Stamp> ofUnix(Map<String, Object> attributes) {
    if (!(Boolean) attributes.get("isRegularFile")) {
      return Optional.empty();
    }
    return Optional.of(
        new Stamp(
            (Long) attributes.get("size"),
            ((FileTime) attributes.get("lastModifiedTime")).toMillis(),
            ((FileTime) attributes.get("ctime")).to(TimeUnit.NANOSECONDS),
            (Long) attributes.get("ino")));
  }

  private static Optional<Stamp> ofAny(BasicFileAttributes attributes) {
    return attributes.isRegularFile()
        ? Optional.of(
            new Stamp(
                attributes.size(), attributes.lastModifiedTime().toMillis(), UNKNOWN, UNKNOWN))
        : Optional.empty();
  }

  /** Equal as far as {@code cp -p} can make two files equal. */
  boolean looksLike(Stamp other) {
    return size == other.size && modified == other.modified;
  }

  /** Written before a journal knew more than size and time. */
  boolean isOld() {
    return changed == UNKNOWN && inode == UNKNOWN;
  }

  /**
   * Another content may have the same times: some disks and networks know whole seconds only, or
   * every other one.
   */
  boolean isCoarse() {
    return modified % 1000 == 0;
  }

  /** Whether what was there is lost now: a file that is being written neither shrinks nor moves. */
  boolean isReplacedBy(Stamp next) {
    boolean another = inode != UNKNOWN && next.inode != UNKNOWN && inode != next.inode;
    return size > 0 && (another || next.size < size);
  }
}
