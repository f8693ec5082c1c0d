package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.data.Label;
import io.github.anople.core.data.Sample;
import java.util.List;

/**
 * A product to learn, and its few good pictures.
 *
 * @param name what it is called, for example {@code metal_nut}
 * @param shots its good pictures, one or more, in an order that stays
 */
public record TrainingClass(String name, List<Sample> shots) {

  /**
   * Refuses what would poison a training: no pictures, or pictures known to be bad.
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
    for (Sample shot : shots) {
      if (shot.label() == Label.ANOMALOUS) {
        throw new InputException(
            shot.image(), "is labelled as anomalous", "train on pictures of good parts only");
      }
    }
  }
}
