package io.github.anople.inspect.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.JsonFault;
import io.github.anople.core.drift.DriftMonitor;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.DriftReference.Seen;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.region.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The pictures of a run that is over, as its {@code results.json} has them, compared with those of
 * a calibration. Places are not in that file: they are seen again in pictures that are still there
 * and still the same.
 */
public final class FinishedRun {

  private static final String REMEDY =
      "name a folder of results that 'predict --output' or a watch wrote";

  /** The same picture read again gives the same numbers, but for a file's digits. */
  private static final float SAME = 1e-4f;

  private final Path file;
  private final List<Row> rows;

  /** A picture of the table. */
  private record Row(String path, float score, Optional<Look> look, boolean again) {

    /** Of a name that comes again, only one version can be there. */
    Row seenAgain() {
      return new Row(path, score, look, true);
    }
  }

  /**
   * What was found.
   *
   * @param summary what has moved
   * @param left pictures that were left out: they are gone, and how they looked was not kept
   */
  public record Found(DriftSummary summary, int left) {}

  private FinishedRun(Path file, List<Row> rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * Reads a run's table.
   *
   * @param results the folder of results
   * @return its pictures, in order
   * @throws InputException if it has no such table, or one that no run wrote
   */
  public static FinishedRun read(Path results) {
    Path file = results.resolve(ResultFolder.RESULTS);
    if (!Files.isRegularFile(file)) {
      throw new InputException(results, "has no " + ResultFolder.RESULTS, REMEDY);
    }
    try {
      JsonNode images = new JsonMapper().readTree(file.toFile()).path("images");
      if (!images.isArray() || images.isEmpty()) {
        throw new InputException(file, "has no images", REMEDY);
      }
      Set<String> known = new HashSet<>();
      List<Row> rows = new ArrayList<>();
      for (JsonNode image : images) {
        Row row = row(file, rows.size(), image);
        rows.add(known.add(row.path) ? row : row.seenAgain());
      }
      return new FinishedRun(file, rows);
    } catch (JsonProcessingException e) {
      throw new InputException(file, "is not JSON: " + JsonFault.of(e), REMEDY);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check its permissions", e);
    }
  }

  private static Row row(Path file, int number, JsonNode image) {
    JsonNode path = image.path("path");
    JsonNode score = image.path("score");
    if (!path.isTextual() || !score.isNumber()) {
      throw damaged(file, number, "has no path or no score");
    }
    float value = score.floatValue();
    if (!(value >= 0 && value <= 1)) {
      throw damaged(file, number, "has a score that is not in [0, 1]");
    }
    return new Row(path.textValue(), value, look(file, number, image.path("look")), false);
  }

  private static Optional<Look> look(Path file, int number, JsonNode look) {
    if (look.isMissingNode()) {
      return Optional.empty();
    }
    List<Float> values = new ArrayList<>();
    for (String name : Look.NAMES) {
      if (!look.path(name).isNumber()) {
        throw damaged(file, number, "has a look without " + name);
      }
      values.add(look.path(name).floatValue());
    }
    try {
      return Optional.of(Look.of(values, Optional.empty()));
    } catch (IllegalArgumentException e) {
      throw damaged(file, number, "has a look that is out of range");
    }
  }

  private static InputException damaged(Path file, int number, String problem) {
    return new InputException(file, "its images[" + number + "] " + problem, REMEDY);
  }

  /**
   * Compares the pictures with those of a calibration.
   *
   * @param reference the pictures of the calibration
   * @param reader reads pictures as the run did
   * @param region which part of them the detector looks at
   * @return what has moved
   * @throws InputException if all pictures are gone, and how they looked was not kept
   */
  public Found drift(DriftReference reference, ImageReader reader, Optional<Region> region) {
    List<Optional<Look>> looks =
        IntStream.range(0, rows.size())
            .parallel()
            .mapToObj(i -> look(rows.get(i), reader, region))
            .toList();
    DriftMonitor monitor = new DriftMonitor(reference);
    int left = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (looks.get(i).isPresent()) {
        monitor.add(row.path, new Seen(row.score, looks.get(i).get()));
      } else {
        left++;
      }
    }
    if (left == rows.size()) {
      throw new InputException(
          file,
          "does not say how its pictures look, and they are no longer where they were",
          "run this where the pictures are, or predict them again");
    }
    monitor.finish();
    return new Found(monitor.summary(), left);
  }

  private static Optional<Look> look(Row row, ImageReader reader, Optional<Region> region) {
    if (row.again) {
      return row.look;
    }
    try {
      Path picture = Path.of(row.path);
      Look seen = Look.of(reader.read(picture), region);
      return row.look.filter(kept -> !isSame(kept, seen)).or(() -> Optional.of(seen));
    } catch (InputException | InvalidPathException e) {
      return row.look;
    }
  }

  private static boolean isSame(Look kept, Look seen) {
    for (int i = 0; i < Look.NAMES.size(); i++) {
      if (Math.abs(kept.values().get(i) - seen.values().get(i)) > SAME) {
        return false;
      }
    }
    return true;
  }
}
