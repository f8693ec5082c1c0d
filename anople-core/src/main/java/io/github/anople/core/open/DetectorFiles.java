package io.github.anople.core.open;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Opens detector files of every kind whose engine is on the class path. */
public final class DetectorFiles {

  private DetectorFiles() {}

  /**
   * Opens a detector file, with what {@link OpenSettings#AUTO} says.
   *
   * @param file a detector file
   * @return the file, to close
   * @throws InputException if it is missing or damaged, or no engine here opens its kind
   */
  public static DetectorFile open(Path file) {
    return open(file, OpenSettings.AUTO);
  }

  /**
   * Opens a detector file.
   *
   * @param file a detector file
   * @param settings how it is to be computed
   * @return the file, to close
   * @throws InputException if it is missing or damaged, or no engine here opens its kind
   */
  public static DetectorFile open(Path file, OpenSettings settings) {
    List<DetectorOpener> openers =
        ServiceLoader.load(DetectorOpener.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(DetectorOpener::pattern))
            .toList();
    return openers.stream()
        .filter(opener -> opener.opens(file))
        .findFirst()
        .orElseThrow(() -> unknown(file, openers))
        .open(file, settings);
  }

  private static InputException unknown(Path file, List<DetectorOpener> openers) {
    if (!Files.exists(file)) {
      return new InputException(file, "does not exist", "name a detector file");
    }
    String kinds =
        openers.stream().map(DetectorOpener::pattern).collect(Collectors.joining(" and "));
    return new InputException(
        file,
        "is not named as a detector that can be opened here",
        kinds.isEmpty()
            ? "add anople-onnx or anople-torch to the program"
            : "name a detector file, which here is " + kinds);
  }
}
