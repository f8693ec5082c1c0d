package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import io.github.anople.core.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shots drawn by a seed, as {@link ShotSelection#random} says. */
record RandomShots(int shots, long seed) implements ShotSelection {

  RandomShots {
    if (shots < 1) {
      throw new InputException("shots", "are " + shots, "ask for at least 1");
    }
  }

  @Override
  public List<Sample> select(InspectionDataset dataset) {
    List<Sample> chosen = new ArrayList<>();
    for (InspectionDataset.Category category : dataset.categories()) {
      chosen.addAll(draw(category));
    }
    return List.copyOf(chosen);
  }

  private List<Sample> draw(InspectionDataset.Category category) {
    List<Sample> samples = new ArrayList<>(category.train());
    int size = samples.size();
    if (shots > size) {
      throw new InputException(
          "category " + category.name(),
          shots + " shots are asked for, and it has " + size + " normal images",
          "ask for fewer or add images");
    }
    // The first k places of a Fisher-Yates shuffle; each category starts from the seed, so that
    // what is drawn from one does not depend on the others that are read with it.
    SplitMix64 random = new SplitMix64(seed);
    for (int i = 0; i < shots; i++) {
      Collections.swap(samples, i, i + random.below(size - i));
    }
    return samples.subList(0, shots);
  }
}
