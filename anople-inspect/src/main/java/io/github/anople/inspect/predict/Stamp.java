package io.github.anople.inspect.predict;

import java.nio.file.attribute.BasicFileAttributes;

/**
 * Which content of a file's name: a camera that overwrites its last picture makes a new one.
 *
 * @param size bytes
 * @param modified milliseconds since 1970
 */
record Stamp(long size, long modified) {

  static Stamp of(BasicFileAttributes attributes) {
    return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
  }
}
