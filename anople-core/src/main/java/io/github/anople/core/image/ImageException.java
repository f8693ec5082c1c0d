package io.github.anople.core.image;

import java.io.IOException;

/**
 * What is wrong with a picture and what to do about it, from code that does not know the picture's
 * name; {@link ImageReader} adds the name.
 */
final class ImageException extends IOException {

  private final transient String remedy;

  ImageException(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  /** A file that its own structure contradicts. */
  static ImageException damaged(String problem) {
    return new ImageException(problem, "the file is damaged: copy or save it again");
  }

  /** A file that stops before its picture does. */
  static ImageException truncated(String problem) {
    return new ImageException(problem, "the file is incomplete: copy or save it again");
  }

  /** A file that may be sound, of a kind that is not read. */
  static ImageException unsupported(String problem) {
    return new ImageException(problem, "save it as an 8-bit RGB PNG");
  }

  String remedy() {
    return remedy;
  }
}
