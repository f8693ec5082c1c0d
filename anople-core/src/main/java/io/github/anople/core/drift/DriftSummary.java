package io.github.anople.core.drift;

import java.util.List;
import java.util.Optional;

/**
 * What came of comparing a run's pictures with those of the calibration.
 *
 * @param calibrated pictures of the calibration that were compared with
 * @param pictures of the run
 * @param windows how many windows were compared
 * @param blind whether a picture's places were not known, so that dirt could not be found
 * @param drifts what was noticed, in the order in which it began
 */
public record DriftSummary(
    int calibrated, long pictures, long windows, boolean blind, List<Drift> drifts) {

  /** A summary. */
  public DriftSummary {
    drifts = List.copyOf(drifts);
  }

  /**
   * Why nothing can be told of this run.
   *
   * @return a clause; empty where it can
   */
  public Optional<String> unable() {
    int needed = DriftTest.needed(DriftTest.WINDOW);
    if (calibrated < needed) {
      return Optional.of(
          ("whether the pictures have drifted cannot be told: the calibration has %d, and %d are"
                  + " needed")
              .formatted(calibrated, needed));
    }
    if (windows == 0) {
      return Optional.of(
          "whether the pictures have drifted cannot be told of %d: at least %d are needed"
              .formatted(pictures, DriftTest.LEAST));
    }
    return Optional.empty();
  }
}
