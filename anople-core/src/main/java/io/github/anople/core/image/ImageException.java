package io.github.anople.core.image;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import java.io.IOException;

/**
 * What is wrong with a picture and what to do about it, from code that does not know the picture's
 * name; {@link ImageReader} adds the name.
 */
final class ImageException extends IOException {

  private final transient String remedy;
  private final transient Topic topic;

  ImageException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /** With what the remedy is about, for who can name an option. */
  ImageException(String problem, String remedy, Topic topic) {
    super(problem);
    this.remedy = remedy;
    this.topic = topic;
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

  /** The same of a picture that has a name. */
  InputException of(String name) {
    InputException fault = new InputException(name, getMessage(), remedy, this);
    return topic == null ? fault : fault.about(topic);
  }
}
