package io.github.anople.inspect.report;

import io.github.anople.core.detect.ScoreMap;
import java.nio.file.Path;

/**
 * A map as a 16-bit greyscale PNG for other programs to measure with: one scale for every map, none
 * is stretched, and no gamma is applied.
 */
public final class MapImage {

  private MapImage() {}

  /**
   * Writes a map, as {@link ScoreMap#greyImage} draws it.
   *
   * @param file where to, usually {@code *.png}
   * @param map scores in [0, 1]
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, ScoreMap map) {
    ReportFile.writePng(file, map.greyImage());
  }
}
