package io.github.anople.core.predict;

import io.github.anople.core.report.ImageResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What became of a picture: a result, or the reason why there is none.
 *
 * @param picture its file
 * @param result its score and verdict; empty if it could not be read
 * @param failure one line that names the file and what is wrong with it; empty if it was scored
 */
public record Outcome(Path picture, Optional<ImageResult> result, Optional<String> failure) {

  static Outcome scored(Path picture, ImageResult result) {
    return new Outcome(picture, Optional.of(result), Optional.empty());
  }

  static Outcome failed(Path picture, String failure) {
    return new Outcome(picture, Optional.empty(), Optional.of(failure));
  }
}
