package io.github.anople.inspect.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import java.util.List;

/**
 * The content of {@code metrics.json}. Metrics are in [0, 1] under the names that {@link
 * io.github.anople.inspect.metric.Metric#id} gives; one that is undefined is left out.
 */
public final class EvaluationJson {

  private EvaluationJson() {}

  /**
   * {@code {"categories": [{"category", "metrics", "good", "defective", "masked", "regions",
   * "defect_types": [{"defect_type", "metrics", …}, …], "notes": […]}, …], "mean": {…}, "failed":
   * [{"path", "reason"}, …]}}.
   *
   * @param evaluations the categories, in order
   * @return a new tree
   */
  public static ObjectNode of(List<Evaluation> evaluations) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode categories = json.putArray("categories");
    ArrayNode failed = JsonNodeFactory.instance.arrayNode();
    for (Evaluation evaluation : evaluations) {
      ObjectNode category = categories.addObject().put("category", evaluation.category());
      put(category, evaluation.overall());
      ArrayNode types = category.putArray("defect_types");
      for (Evaluation.Part type : evaluation.defectTypes()) {
        put(types.addObject().put("defect_type", type.name()), type);
      }
      ArrayNode notes = category.putArray("notes");
      evaluation.notes().forEach(notes::add);
      for (Failure failure : evaluation.failures()) {
        failed.addObject().put("path", failure.path()).put("reason", failure.reason());
      }
    }
    json.set("mean", metrics(Evaluation.mean(evaluations)));
    json.set("failed", failed);
    return json;
  }

  private static void put(ObjectNode json, Evaluation.Part part) {
    json.set("metrics", metrics(part.metrics()));
    json.put("good", part.good());
    json.put("defective", part.defective());
    json.put("masked", part.masked());
    json.put("regions", part.regions());
  }

  private static ObjectNode metrics(MetricTable table) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    table.values().forEach((metric, value) -> json.put(metric.id(), value));
    return json;
  }
}
