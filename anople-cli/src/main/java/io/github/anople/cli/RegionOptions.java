package io.github.anople.cli;

import io.github.anople.core.region.Region;
import io.github.anople.core.region.RegionFiles;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of the pictures counts. */
final class RegionOptions {

  @Option(
      names = "--ignore",
      paramLabel = "FILE",
      description =
          "What to ignore of every picture: a mask image of which all but black is ignored, or JSON "
              + "such as {\"ignore\": [[[0, 0], [0.2, 0], [0.2, 0.1], [0, 0.1]]]}, polygons of [x, y] "
              + "from 0 (left, top) to 1.")
  private Path ignored;

  @Option(
      names = "--look-at",
      paramLabel = "FILE",
      description =
          "What to look at, alike (JSON with look_at); all the rest is ignored. Default: everything.")
  private Path lookedAt;

  /** Reads what was given. */
  Optional<Region> read() {
    return RegionFiles.read(Optional.ofNullable(ignored), Optional.ofNullable(lookedAt));
  }
}
