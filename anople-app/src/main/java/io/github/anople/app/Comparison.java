package io.github.anople.app;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.ThresholdQuality;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a correction changed.
 *
 * @param added each picture that was added
 * @param good how many of the good pictures to calibrate with are NOT OK; empty without calibration
 * @param tests each category of the test set; empty without one
 */
public record Comparison(List<Change> added, Optional<NotOk> good, List<Test> tests) {

  /** Of a correction after which nothing was scored. */
  public static final Comparison NOTHING = new Comparison(List.of(), Optional.empty(), List.of());

  /**
   * Copies the lists.
   *
   * @param added each picture that was added
   * @param good good pictures to calibrate with
   * @param tests the test set
   */
  public Comparison {
    added = List.copyOf(added);
    tests = List.copyOf(tests);
  }

  /**
   * A picture's verdict, or its score alone where the detector had or has no threshold.
   *
   * @param score its score
   * @param verdict the verdict on it
   */
  public record Judged(float score, Optional<Verdict> verdict) {

    /**
     * Whether there is a verdict, and it is NOT OK, or NOT LIKE THE PRODUCT.
     *
     * @return false without a threshold, and where the verdict is UNCERTAIN
     */
    public boolean notOk() {
      return verdict.map(Verdict::rejected).orElse(false);
    }

    private Optional<Boolean> ok() {
      return verdict.map(Verdict::ok);
    }
  }

  /**
   * A picture before and after.
   *
   * @param picture its file
   * @param before what the detector said of it
   * @param after what it says of it now
   */
  public record Change(Path picture, Judged before, Judged after) {}

  /**
   * How many good pictures are NOT OK.
   *
   * @param pictures how many there are
   * @param before how many of them were; empty where there were no thresholds
   * @param after how many of them are
   */
  public record NotOk(int pictures, OptionalInt before, OptionalInt after) {}

  /**
   * A category of a test set before and after.
   *
   * @param before what was measured
   * @param verdictsBefore what the thresholds were worth; empty where there were none
   * @param after what is measured now
   * @param verdictsAfter what the thresholds are worth; empty where there are none
   * @param remembered how many of its pictures the detector knows, which flatters it
   */
  public record Test(
      Evaluation before,
      Optional<ThresholdQuality> verdictsBefore,
      Evaluation after,
      Optional<ThresholdQuality> verdictsAfter,
      int remembered) {}

  /**
   * The pictures that were added, and are NOT OK or UNCERTAIN all the same.
   *
   * @return none where all are OK, or nobody decides
   */
  public List<Change> stillNotOk() {
    return added.stream().filter(change -> !change.after().ok().orElse(true)).toList();
  }

  /**
   * The pictures that were added though they were OK before: they correct nothing.
   *
   * @return none where all were NOT OK, or nobody decided
   */
  public List<Change> wereOk() {
    return added.stream().filter(change -> change.before().ok().orElse(false)).toList();
  }

  /**
   * The share of defective test pictures that were NOT OK, over all categories.
   *
   * @return empty without defective pictures or thresholds
   */
  public OptionalDouble recallBefore() {
    return recall(tests.stream().map(Test::verdictsBefore).toList());
  }

  /**
   * The share of defective test pictures that are NOT OK, over all categories.
   *
   * @return empty without defective pictures or thresholds
   */
  public OptionalDouble recallAfter() {
    return recall(tests.stream().map(Test::verdictsAfter).toList());
  }

  private static OptionalDouble recall(List<Optional<ThresholdQuality>> verdicts) {
    int found = 0;
    int all = 0;
    for (Optional<ThresholdQuality> one : verdicts) {
      found += one.map(ThresholdQuality::found).orElse(0);
      all += one.map(ThresholdQuality::anomalous).orElse(0);
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(found / (double) all);
  }
}
