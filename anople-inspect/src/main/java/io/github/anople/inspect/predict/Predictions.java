package io.github.anople.inspect.predict;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.ResultsJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a run found.
 *
 * @param settings what it was told
 * @param scored the pictures that were scored, in order
 * @param failed those that could not be, in order
 */
public record Predictions(
    PredictionSettings settings, List<Inspection> scored, List<Failure> failed) {

  public Predictions {
    scored = List.copyOf(scored);
    failed = List.copyOf(failed);
  }

  /**
   * How many pictures are not good enough.
   *
   * @return pictures with the verdict NOT OK or NOT LIKE THE PRODUCT; 0 without a threshold
   */
  public long rejected() {
    return count(verdict -> !verdict.ok());
  }

  /**
   * How many pictures do not show the product as it should be.
   *
   * @return pictures with the verdict NOT LIKE THE PRODUCT, which are rejected too
   */
  public long unlike() {
    return count(verdict -> !verdict.faults().isEmpty());
  }

  private long count(Predicate<Verdict> which) {
    return scored.stream().flatMap(one -> one.verdict().stream()).filter(which).count();
  }

  /**
   * The content of {@code results.json}: {@code {"category", "threshold", "threshold_origin",
   * "images": […], "failed": [{"path", "reason"}, …]}}. An image is as in {@link
   * ResultsJson#images}; threshold and origin are left out without one.
   *
   * @return the object's members in order: texts, numbers, lists and maps
   */
  public Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("category", settings.category());
    settings
        .threshold()
        .ifPresent(
            threshold -> {
              content.put("threshold", threshold.value());
              content.put("threshold_origin", threshold.origin().id());
            });
    content.put("images", ResultsJson.images(scored));
    content.put("failed", failed.stream().map(Failure::content).toList());
    return content;
  }
}
