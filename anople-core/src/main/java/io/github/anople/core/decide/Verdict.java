package io.github.anople.core.decide;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What was decided about a picture.
 *
 * @param score its score, in [0, 1]
 * @param threshold what the score was compared with
 * @param faults what of the whole picture is unlike the product, the worst first
 */
public record Verdict(float score, Threshold threshold, List<SceneFault> faults) {

  /** The text of a verdict on a picture that is good enough. */
  public static final String OK = "OK";

  /** The text of a verdict on a picture that is not. */
  public static final String NOT_OK = "NOT OK";

  /** The text of a verdict on a picture between two thresholds. */
  public static final String UNCERTAIN = "UNCERTAIN";

  /** The text of a verdict on a picture that does not show the product as it should be. */
  public static final String UNLIKE = "NOT LIKE THE PRODUCT";

  /**
   * A verdict.
   *
   * @param score the picture's score
   * @param threshold what it was compared with
   * @param faults what of the whole picture is unlike the product
   * @throws IllegalArgumentException if the score is not in [0, 1]
   */
  public Verdict {
    faults = List.copyOf(faults);
    Objects.requireNonNull(threshold, "threshold");
    if (!Threshold.isScore(score)) {
      throw new IllegalArgumentException("a score is in [0, 1], not " + score);
    }
  }

  /**
   * Whether the picture is good enough for certain.
   *
   * @return whether its score is at most the threshold, of two the lower, and it is like the
   *     product
   */
  public boolean ok() {
    return score <= threshold.lowest() && faults.isEmpty();
  }

  /**
   * Whether the picture is not good enough.
   *
   * @return whether its score is above the threshold, of two the higher, or it is unlike the
   *     product
   */
  public boolean rejected() {
    return score > threshold.value() || !faults.isEmpty();
  }

  /**
   * Whether somebody should look.
   *
   * @return whether it is neither {@link #ok} nor {@link #rejected}; never with one threshold
   */
  public boolean uncertain() {
    return !ok() && !rejected();
  }

  /**
   * How clear the case is: (score − threshold) / threshold, with the higher of two. Positive is NOT
   * OK; +1 is twice the threshold, −0.5 half of it.
   *
   * @return the margin, as a part of the threshold; empty where the threshold is 0
   */
  public OptionalDouble margin() {
    double least = threshold.value();
    return least == 0 ? OptionalDouble.empty() : OptionalDouble.of((score - least) / least);
  }

  /**
   * Whether the score is so near to an estimated threshold that the right one may lie on its other
   * side. Of two it is the one that the verdict hangs on; UNCERTAIN says so by itself.
   *
   * @return true where the threshold is an estimate, the score is within {@link Estimate#WIDTH} of
   *     it, and the picture is like the product
   */
  public boolean isWithinEstimate() {
    double decisive = ok() ? threshold.lowest() : threshold.value();
    return threshold.origin() == Calibration.Kind.ESTIMATE
        && faults.isEmpty()
        && !uncertain()
        && decisive > 0
        && Math.abs((score - decisive) / decisive) <= Estimate.WIDTH;
  }

  /**
   * The verdict in a word, for tables and programs.
   *
   * @return {@link #OK}, {@link #UNCERTAIN}, {@link #NOT_OK}, or {@link #UNLIKE} whatever the score
   *     is
   */
  public String kind() {
    if (!faults.isEmpty()) {
      return UNLIKE;
    }
    return ok() ? OK : rejected() ? NOT_OK : UNCERTAIN;
  }

  /**
   * The verdict in words, for people.
   *
   * @return the kind, and what is unlike: {@code NOT LIKE THE PRODUCT (dark, blurred)}
   */
  public String text() {
    return faults.isEmpty() ? kind() : UNLIKE + " (" + SceneFault.words(faults) + ")";
  }
}
