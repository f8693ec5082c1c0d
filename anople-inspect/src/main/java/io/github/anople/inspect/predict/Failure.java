package io.github.anople.inspect.predict;

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
}
