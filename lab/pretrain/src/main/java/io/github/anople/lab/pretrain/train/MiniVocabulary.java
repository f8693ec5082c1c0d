package io.github.anople.lab.pretrain.train;

import io.github.anople.lab.pretrain.scene.SceneGenerator;
import java.util.ArrayList;
import java.util.List;

/** The vocabulary of the scenes' captions. */
final class MiniVocabulary {

  private static final int MOST_MERGES = 1500;
  private static final int SCENES = 3000;
  private static final int SYMBOLS = 514;

  private MiniVocabulary() {}

  /** The merges, learned from the captions of a seed's first scenes. */
  static List<String> merges(long seed) {
    // Small scenes have the same captions and are drawn in no time.
    SceneGenerator generator = new SceneGenerator(seed, 48);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < SCENES; i++) {
      texts.addAll(generator.draw(i).captions());
    }
    return MergesTrainer.merges(texts, MOST_MERGES);
  }

  /** vocab_size. */
  static int size(List<String> merges) {
    return SYMBOLS + merges.size();
  }
}
