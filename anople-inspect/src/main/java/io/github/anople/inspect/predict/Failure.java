package io.github.anople.inspect.predict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A picture that could not be scored.
 *
 * @param path the picture's path as the table would have it
 * @param reason one line: the file, what is wrong with it, what to do
 */
public record Failure(String path, String reason) {

  public Failure {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
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
