package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.CellSettings;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.OpenSettings;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a runner is made of, in words and numbers; lists hold one value, or none. A backbone's path
 * is absolute: executors have working folders of their own.
 */
record SentSettings(
    List<String> backbone,
    String precision,
    String device,
    List<Double> target,
    long maxPixels,
    long maxFileBytes,
    boolean honourOrientation,
    List<Integer> bitDepth,
    int threads)
    implements Serializable {

  static SentSettings of(CellSettings settings) {
    OpenSettings engine = settings.engine();
    ImageReader.Options reading = settings.reading();
    return new SentSettings(
        engine.backbone().map(SentSettings::absolute).stream().toList(),
        engine.precision(),
        engine.device(),
        settings.target().stream().boxed().toList(),
        reading.maxPixels(),
        reading.maxFileBytes(),
        reading.honourOrientation(),
        reading.bitDepth().stream().boxed().toList(),
        settings.threads());
  }

  /** A name stays a name. */
  private static String absolute(String backbone) {
    try {
      Path path = Path.of(backbone);
      return Files.exists(path) ? path.toAbsolutePath().toString() : backbone;
    } catch (InvalidPathException e) {
      return backbone;
    }
  }

  CellSettings toSettings() {
    return new CellSettings(
        new OpenSettings(
            backbone.stream().findFirst(),
            precision,
            device,
            Optional.empty(),
            OptionalInt.empty()),
        target.stream().mapToDouble(Double::doubleValue).findFirst(),
        new ImageReader.Options(
            maxPixels,
            maxFileBytes,
            honourOrientation,
            bitDepth.stream().mapToInt(Integer::intValue).findFirst()),
        threads);
  }
}
