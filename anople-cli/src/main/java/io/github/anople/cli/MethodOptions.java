package io.github.anople.cli;

import io.github.anople.console.SettingOptions;
import io.github.anople.core.InputException;
import io.github.anople.torch.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The method's settings: a preset, or a file, and what is changed of it. */
final class MethodOptions {

  /** The settings that have an option of their own. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "seed", "--seed",
          "optimizer.epochs", "--epochs",
          "memory.shifts", "--memory-shifts",
          "detection.shifts", "--detection-shifts",
          "memory.coreset", "--coreset");

  enum Preset {
    MVTEC,
    VISA;

    TrainingConfig settings() {
      return this == VISA ? TrainingConfig.visa() : TrainingConfig.mvtec();
    }
  }

  @Option(
      names = "--preset",
      paramLabel = "mvtec|visa",
      description =
          "The paper's settings for a data set. Default: the program's own, which found most over "
              + "four real data sets: see docs/results.md.")
  private Preset preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "All settings as JSON, instead of a preset; see --print-config.")
  private Path file;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of every draw. Default: 0.")
  private Long seed;

  @Option(
      names = "--memory-shifts",
      paramLabel = "N",
      description =
          "Places of the patch grid, along each axis, at which the memory sees each shot. 1 is the "
              + "paper's; 3 finds more and costs nine rows for one: see docs/results.md.")
  private Integer memoryShifts;

  @Option(
      names = "--detection-shifts",
      paramLabel = "N",
      description =
          "Places of the patch grid, along each axis, at which detection looks at a picture. 1 is the "
              + "paper's; 2, with --memory-shifts, can find much more and takes four times as long: see "
              + "docs/results.md.")
  private Integer detectionShifts;

  @Option(
      names = "--coreset",
      paramLabel = "SHARE",
      description =
          "How much of its patches the memory keeps, those that lie farthest from each other: a "
              + "share such as 0.25, or a number of patches such as 1000. Default: all of them.")
  private Double coreset;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the shots.")
  private Integer epochs;

  @Mixin private TileOptions tiles;

  @Mixin private SettingOptions settings;

  /** The settings, checked as far as they can be without a backbone. */
  TrainingConfig config() {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "seed", seed);
    put(given, "optimizer.epochs", epochs);
    put(given, "memory.shifts", memoryShifts);
    put(given, "detection.shifts", detectionShifts);
    put(given, "memory.coreset", coreset);
    tiles.putInto(given);
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.putAll(TileOptions.OPTIONS);
    TrainingConfig config = base().with(settings.values(options, given));
    tiles.requireTiles(config.tiles());
    return config;
  }

  private static void put(Map<String, String> given, String name, Object value) {
    if (value != null) {
      given.put(name, value.toString());
    }
  }

  private TrainingConfig base() {
    if (file == null) {
      return preset == null ? TrainingConfig.usual() : preset.settings();
    }
    if (preset != null) {
      throw settings.wrong("--preset and --config both say all settings: leave one out");
    }
    try {
      return TrainingConfig.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be read (" + e.getMessage() + ")", "name a file of settings", e);
    }
  }
}
