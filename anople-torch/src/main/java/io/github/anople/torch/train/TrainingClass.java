package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;

/**
 * A product to learn, and its few good pictures.
 *
 * @param name what it is called, for example {@code metal_nut}
 * @param shots files of good pictures, one or more, in an order that stays
 */
public record TrainingClass(String name, List<Path> shots) {

  /**
   * Refuses a product without pictures.
   *
   * @param name what it is called
   * @param shots its good pictures
   */
  public TrainingClass {
    shots = List.copyOf(shots);
    if (shots.isEmpty()) {
      throw new InputException(
          "class " + name, "has 0 shots", "give it at least one picture of a good part");
    }
  }
}
