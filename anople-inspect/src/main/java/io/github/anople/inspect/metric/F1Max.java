package io.github.anople.inspect.metric;

import java.util.List;
import java.util.Optional;

/**
 * The largest F1 = 2TP / (2TP + FP + FN) that a threshold can reach, where a score that is at least
 * the threshold is called anomalous. Only the distinct scores are tried; of equal F1 the lowest
 * threshold is taken.
 *
 * @param value the F1, in (0, 1]
 * @param threshold the score that reaches it
 */
public record F1Max(double value, double threshold) {

  /**
   * The best F1 over pixels.
   *
   * @param groups the pixels
   * @return empty where there is no defective or no normal pixel
   */
  public static Optional<F1Max> ofPixels(List<PixelScores> groups) {
    PixelSweep sweep = new PixelSweep(groups);
    if (!sweep.isDefined()) {
      return Optional.empty();
    }
    Search search = new Search(sweep.anomalies());
    sweep.run(List.of(search));
    return Optional.of(search.result());
  }

  /** Looks for it. A threshold that only normal things have is never the best. */
  static final class Search implements Tally {

    private final long anomalies;
    private long found;
    private double best;
    private double threshold;

    Search(long anomalies) {
      this.anomalies = anomalies;
    }

    @Override
    public void at(double score, long above, long equal, long anomalous, double overlap) {
      found += anomalous;
      // 2TP + FP + FN = (TP + FP) + (TP + FN).
      double f1 = 2.0 * found / (found + above + equal + anomalies);
      if (f1 >= best) {
        best = f1;
        threshold = score;
      }
    }

    F1Max result() {
      return new F1Max(best, threshold);
    }
  }
}
