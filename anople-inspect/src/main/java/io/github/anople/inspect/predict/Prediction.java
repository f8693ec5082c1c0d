package io.github.anople.inspect.predict;

import io.github.anople.inspect.report.ImageResult;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a picture that could be scored.
 *
 * @param result its row of the table
 * @param overlay the picture with its heat map, a path below the folder of results with {@code /}
 *     between names
 * @param map its 16-bit map, likewise
 */
public record Prediction(ImageResult result, Optional<String> overlay, Optional<String> map) {

  public Prediction {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(overlay, "overlay");
    Objects.requireNonNull(map, "map");
  }
}
