package io.github.anople.inspect.evaluate;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.BoxNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code metrics.json}. Metrics are in [0, 1] under the names that {@link
 * io.github.anople.inspect.metric.Metric#id} gives; one that is undefined is left out.
 */
public final class EvaluationJson {

  private EvaluationJson() {}

  /**
   * {@code {"categories": [{"category", "metrics", "good", "defective", "masked", "regions",
   * "boxes": {"masks", "found", "found_share", "mean_iou", "boxes", "on_masks", "on_masks_share",
   * "good_with_boxes"}, "defect_types": [{"defect_type", "metrics", …}, …], "decisions": {"good":
   * {"ok", "uncertain", "not_ok"}, "defective": {…}}, "parts": {"metrics", "good", "defective",
   * "decisions"}, "notes": […]}, …], "mean": {…}, "mean_of_parts": {…}, "failed": [{"path",
   * "reason"}, …]}}; the boxes are {@link BoxNumbers}', left out without a pixel threshold.
   *
   * @param evaluations the categories, in order
   * @return the object's members in order: texts, numbers, lists and maps
   */
  public static Map<String, Object> of(List<Evaluation> evaluations) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("categories", evaluations.stream().map(EvaluationJson::category).toList());
    content.put("mean", metrics(Evaluation.mean(evaluations)));
    List<MetricTable> parts =
        evaluations.stream()
            .flatMap(one -> one.parts().stream())
            .map(PartQuality::metrics)
            .toList();
    if (!parts.isEmpty()) {
      content.put("mean_of_parts", metrics(MetricTable.mean(parts)));
    }
    content.put(
        "failed",
        evaluations.stream()
            .flatMap(one -> one.failures().stream())
            .map(Failure::content)
            .toList());
    return content;
  }

  private static Map<String, Object> category(Evaluation evaluation) {
    Map<String, Object> category = named("category", evaluation.overall(), evaluation.category());
    List<Map<String, Object>> types = new ArrayList<>();
    for (Evaluation.Part type : evaluation.defectTypes()) {
      types.add(named("defect_type", type, type.name()));
    }
    category.put("defect_types", types);
    Decisions good = Decisions.of(evaluation.images(), Label.NORMAL);
    Decisions bad = Decisions.of(evaluation.images(), Label.ANOMALOUS);
    if (good.all() + bad.all() > 0) {
      Map<String, Object> decisions = new LinkedHashMap<>();
      decisions.put("good", good.content());
      decisions.put("defective", bad.content());
      category.put("decisions", decisions);
    }
    evaluation.parts().ifPresent(parts -> category.put("parts", parts.content()));
    category.put("notes", evaluation.notes());
    return category;
  }

  private static Map<String, Object> named(String kind, Evaluation.Part part, String name) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(kind, name);
    content.put("metrics", metrics(part.metrics()));
    content.put("good", part.good());
    content.put("defective", part.defective());
    content.put("masked", part.masked());
    content.put("regions", part.regions());
    part.boxes().ifPresent(boxes -> content.put("boxes", boxes(boxes)));
    return content;
  }

  private static Map<String, Object> boxes(BoxNumbers boxes) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("masks", boxes.masks());
    content.put("found", boxes.found());
    boxes.foundShare().ifPresent(share -> content.put("found_share", share));
    boxes.meanIou().ifPresent(mean -> content.put("mean_iou", mean));
    content.put("boxes", boxes.boxes());
    content.put("on_masks", boxes.onMasks());
    boxes.onMasksShare().ifPresent(share -> content.put("on_masks_share", share));
    content.put("good_with_boxes", boxes.goodWithBoxes());
    return content;
  }

  static Map<String, Object> metrics(MetricTable table) {
    Map<String, Object> content = new LinkedHashMap<>();
    table.values().forEach((metric, value) -> content.put(metric.id(), value));
    return content;
  }
}
