package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A picture that could not be scored.
 *
 * @param path the picture's path as the table would have it
 * @param reason one line: the file, what is wrong with it, what to do
 * @param topic what the remedy is about, for who can name an option
 */
public record Failure(String path, String reason, Optional<InputException.Topic> topic) {

  public Failure {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(topic, "topic");
  }

  /**
   * A failure of which only the words are known.
   *
   * @param path the picture's path as the table would have it
   * @param reason one line
   */
  public Failure(String path, String reason) {
    this(path, reason, Optional.empty());
  }

  /**
   * A failure.
   *
   * @param path the picture's path as the table would have it
   * @param fault why
   * @return a failure with the fault's message and topic
   */
  public static Failure of(String path, InputException fault) {
    return new Failure(path, fault.getMessage(), fault.topic());
  }

  /**
   * The failure in a table for programs.
   *
   * @return {@code {"path", "reason"}}, in this order
   */
  public Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("path", path);
    content.put("reason", reason);
    return content;
  }
}
