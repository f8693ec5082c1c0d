package io.github.anople.core.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.report.HeatMap;
import io.github.anople.core.report.ImageResult;
import io.github.anople.core.report.MapImage;
import io.github.anople.core.report.ResultsJson;
import io.github.anople.core.report.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that results go to: {@code scores.csv}, {@code results.json}, {@code images/}, {@code
 * maps/}.
 */
final class ResultFolder {

  private final Path folder;
  private final PredictionOptions options;
  private final HeatMap heatMap;

  ResultFolder(Path folder, PredictionOptions options) {
    this.folder = folder;
    this.options = options;
    this.heatMap = new HeatMap(0, options.scaleHigh());
    create(folder);
  }

  Path path() {
    return folder;
  }

  /** A picture's overlay and map. Its whole name is kept, so that a.png and a.jpg stay apart. */
  void writePictures(String name, RgbImage picture, ScoreMap map) {
    if (options.overlays()) {
      heatMap.write(target("images", name), picture, map);
    }
    if (options.maps()) {
      MapImage.write(target("maps", name), map);
    }
  }

  private Path target(String kind, String name) {
    Path target = folder.resolve(kind).resolve(name + ".png");
    create(target.getParent());
    return target;
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be made (" + e.getMessage() + ")", "name another folder", e);
    }
  }

  /** Both tables, whole. */
  void writeTables(List<Outcome> outcomes) {
    List<ImageResult> results =
        outcomes.stream().map(Outcome::result).flatMap(Optional::stream).toList();
    ScoresCsv.write(folder.resolve("scores.csv"), results);
    ResultsJson.write(folder.resolve("results.json"), json(options, outcomes));
  }

  /** What {@code results.json} holds. */
  static ObjectNode json(PredictionOptions options, List<Outcome> outcomes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    options.threshold().ifPresent(threshold -> json.put("threshold", threshold));
    json.set(
        "results",
        ResultsJson.images(
            outcomes.stream().map(Outcome::result).flatMap(Optional::stream).toList()));
    ArrayNode failed = json.putArray("failed");
    for (Outcome outcome : outcomes) {
      outcome
          .failure()
          .ifPresent(
              reason ->
                  failed
                      .addObject()
                      .put("path", outcome.picture().toString())
                      .put("reason", reason));
    }
    return json;
  }
}
