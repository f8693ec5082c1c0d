package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.open.DetectorFile;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the whole picture is checked beside its score, the same for every command. */
final class SceneOption {

  /** What to say of thresholds that were found without the check. */
  static final String SCORE_ALONE =
      "the promise is for the score alone: give --no-scene-check to predict and test, too";

  @Option(
      names = "--no-scene-check",
      description =
          "Judge by the score alone: a picture that is dark, blurred, empty or of something else may "
              + "be OK then.")
  private boolean off;

  /** Whether the scene check counts, where a detector has one. */
  boolean isWanted() {
    return !off;
  }

  /** The limits that hold, unless they are not wanted. */
  Optional<SceneLimits> limits(DetectorFile detector, Output output) {
    return wanted(detector.scene(), output);
  }

  /**
   * The limits from the shots alone, for a promise. One without them holds for the score alone, and
   * the check would add false alarms to it.
   */
  Optional<SceneLimits> ofShots(DetectorFile detector, Output output) {
    Optional<SceneLimits> limits = wanted(detector.sceneOfShots(), output);
    if (off && detector.sceneOfShots().isPresent()) {
      output.info(SCORE_ALONE);
    }
    return limits;
  }

  /** The limits that hold, and a line about it where the detector has none. */
  Optional<SceneLimits> limitsOrNote(DetectorFile detector, Output output) {
    if (detector.scene().isEmpty()) {
      output.info("this detector has no scene check: train it again to have one");
    }
    return limits(detector, output);
  }

  private Optional<SceneLimits> wanted(Optional<SceneLimits> limits, Output output) {
    if (off && limits.isPresent()) {
      output.info("without the scene check: dark, blurred or empty pictures may be OK");
      return Optional.empty();
    }
    return limits;
  }
}
