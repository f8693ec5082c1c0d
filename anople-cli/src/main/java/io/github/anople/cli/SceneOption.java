package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.open.DetectorFile;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the whole picture is checked beside its score, the same for every command. */
final class SceneOption {

  @Option(
      names = "--no-scene-check",
      description =
          "Judge by the score alone: a picture that is dark, blurred, empty or of something else may "
              + "be OK then.")
  private boolean off;

  /** The limits that hold, and a line about it where there are none. */
  Optional<SceneLimits> limits(DetectorFile detector, Output output) {
    return chosen(detector.scene(), output);
  }

  /** The same of the limits from the shots alone. */
  Optional<SceneLimits> ofShots(DetectorFile detector, Output output) {
    return chosen(detector.sceneOfShots(), output);
  }

  private Optional<SceneLimits> chosen(Optional<SceneLimits> limits, Output output) {
    if (limits.isEmpty()) {
      output.info("this detector has no scene check: train it again to have one");
    } else if (off) {
      output.info("without the scene check: dark, blurred or empty pictures may be OK");
      return Optional.empty();
    }
    return limits;
  }
}
