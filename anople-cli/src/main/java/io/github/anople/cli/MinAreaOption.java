package io.github.anople.cli;

import io.github.anople.core.decide.MinArea;
import picocli.CommandLine.Option;

/** How large a defect is at least. */
final class MinAreaOption {

  @Option(
      names = "--min-area",
      paramLabel = "A",
      description =
          "Places above the pixel threshold that are smaller are no defects: pixels of the picture "
              + "(40), or percent of it (0.1%%). Default: none is too small. Verdicts do not "
              + "depend on it.")
  private String minArea;

  /** No smallest area unless somebody asks for one. */
  MinArea area() {
    return minArea == null ? MinArea.NONE : MinArea.of(minArea);
  }
}
