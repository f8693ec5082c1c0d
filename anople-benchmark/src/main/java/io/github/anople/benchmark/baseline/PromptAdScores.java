package io.github.anople.benchmark.baseline;

import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.memory.MemoryBank;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * PromptAD's arrow: probabilities by the prompts, and where there is a memory, joined with the
 * distances to it: 1/(1/a + 1/b), half the harmonic mean.
 *
 * @param look sees pictures
 * @param imageTexts t⁺ and t⁻ that were learned for whole pictures, {@code [2, d]}
 * @param patchTexts those for patches
 * @param scale by what cosines are multiplied
 * @param memories of the look's layers, in its order; none to score by the prompts alone
 * @param owner of what this keeps
 */
record PromptAdScores(
    PromptAdLook look,
    Tensor imageTexts,
    Tensor patchTexts,
    double scale,
    List<MemoryBank> memories,
    OwnedTensors owner)
    implements Scorer {

  /** What a 0, or a distance that rounding takes below it, counts as: its inverse is a number. */
  private static final double LEAST = Float.MIN_NORMAL;

  @Override
  public Scored score(Tensor images) {
    return scored(look.look(images), images.size(2));
  }

  /** Scores what is seen, with maps of a side. */
  Scored scored(PromptAdLook.Seen seen, long side) {
    Tensor score = probability(seen.whole(), imageTexts); // [images]
    Tensor map = text(seen);
    if (!memories.isEmpty()) {
      Tensor distances = memory(seen);
      score = joined(score, enlarged(distances, side).amax(new long[] {1, 2}, false));
      map = joined(map, distances);
    }
    return new Scored(score, enlarged(map, side));
  }

  /** M_text, the anomaly probability of each patch, {@code [images, G, G]}. */
  Tensor text(PromptAdLook.Seen seen) {
    return grid(probability(seen.patches(), patchTexts));
  }

  /** M_memory, the mean of the layers' distances to the shots, {@code [images, G, G]}. */
  Tensor memory(PromptAdLook.Seen seen) {
    Tensor sum = memories.get(0).distances(seen.layers().get(0));
    for (int layer = 1; layer < memories.size(); layer++) {
      sum = sum.add(memories.get(layer).distances(seen.layers().get(layer)));
    }
    return grid(sum.div(new Scalar((double) memories.size())));
  }

  private static Tensor grid(Tensor rows) {
    long side = Math.round(Math.sqrt((double) rows.size(1)));
    return rows.view(-1, side, side);
  }

  /** Bilinear, {@code [images, G, G]} to {@code [images, side, side]}. */
  static Tensor enlarged(Tensor grid, long side) {
    return Decoder.enlarge(grid.unsqueeze(1), side).squeeze(1);
  }

  /** The softmax's anomaly part, {@code [..., d]} to {@code [...]}. */
  Tensor probability(Tensor features, Tensor texts) {
    Tensor logits = torch.matmul(features, texts.t()).mul(new Scalar(scale));
    return torch.softmax(logits, -1).select(-1, 1);
  }

  /** 1/(1/a + 1/b). */
  static Tensor joined(Tensor a, Tensor b) {
    return inverse(a).add(inverse(b)).reciprocal();
  }

  private static Tensor inverse(Tensor values) {
    return values.clamp_min(new Scalar(LEAST)).reciprocal();
  }

  @Override
  public void close() {
    owner.close();
  }
}
