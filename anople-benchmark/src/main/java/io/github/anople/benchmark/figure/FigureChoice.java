package io.github.anople.benchmark.figure;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;

/**
 * What figures show.
 *
 * @param images test pictures; empty for those whose scores are in the middle
 * @param perCategory how many of each category where none are named; of figure 8, how many of each
 *     kind of fault
 * @param layer whose attention over the patches is shown, counted from 1
 */
public record FigureChoice(List<Path> images, int perCategory, int layer) {

  private static final int MOST = 50;

  /**
   * Checks the values.
   *
   * @throws InputException if a number is out of range
   */
  public FigureChoice {
    images = images.stream().map(FigureChoice::plain).toList();
    if (perCategory < 1 || perCategory > MOST) {
      throw new InputException(
          "pictures of each category", perCategory + " is out of range", "use 1 to " + MOST);
    }
    if (layer < 1) {
      throw new InputException("layer", layer + " is out of range", "layers are counted from 1");
    }
  }

  /** One way to write a path. */
  static Path plain(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
