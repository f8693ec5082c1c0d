package io.github.anople.inspect.predict;

/**
 * A content that a picture had when it was read.
 *
 * @param stamp what the disk said of it
 * @param sha256 of its bytes; empty where it could not be read, and in the journals of earlier
 *     programs
 */
public record Version(Stamp stamp, String sha256) {

  /** Of something that was not read. */
  static final Version NONE = new Version(new Stamp(0, 0, Stamp.UNKNOWN, Stamp.UNKNOWN), "");
}
