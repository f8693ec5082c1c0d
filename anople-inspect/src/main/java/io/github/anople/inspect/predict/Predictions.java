package io.github.anople.inspect.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.inspect.report.ResultsJson;
import java.util.List;

/**
 * What a run found.
 *
 * @param settings what it was told
 * @param scored the pictures that were scored, in order
 * @param failed those that could not be, in order
 */
public record Predictions(
    PredictionSettings settings, List<Prediction> scored, List<Failure> failed) {

  public Predictions {
    scored = List.copyOf(scored);
    failed = List.copyOf(failed);
  }

  /**
   * How many pictures are not good enough.
   *
   * @return pictures with the verdict NOT OK; 0 without a threshold
   */
  public long rejected() {
    return scored.stream()
        .flatMap(one -> one.result().verdict().stream())
        .filter(verdict -> !verdict.ok())
        .count();
  }

  /**
   * The content of {@code results.json}: {@code {"category", "threshold", "threshold_origin",
   * "images": […], "failed": [{"path", "reason"}, …]}}. An image is as in {@link
   * ResultsJson#images}, with {@code "overlay"} and {@code "map"} where there are such files;
   * threshold and origin are left out without one.
   *
   * @return a new tree
   */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("category", settings.category());
    settings
        .threshold()
        .ifPresent(
            threshold ->
                json.put("threshold", threshold.value())
                    .put("threshold_origin", threshold.origin().id()));
    ArrayNode images = ResultsJson.images(scored.stream().map(Prediction::result).toList());
    for (int i = 0; i < scored.size(); i++) {
      ObjectNode image = (ObjectNode) images.get(i);
      scored.get(i).overlay().ifPresent(file -> image.put("overlay", file));
      scored.get(i).map().ifPresent(file -> image.put("map", file));
    }
    json.set("images", images);
    ArrayNode failures = json.putArray("failed");
    for (Failure failure : failed) {
      failures.addObject().put("path", failure.path()).put("reason", failure.reason());
    }
    return json;
  }
}
