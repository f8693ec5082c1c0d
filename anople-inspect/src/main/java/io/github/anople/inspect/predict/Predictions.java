package io.github.anople.inspect.predict;

import io.github.anople.core.decide.Verdict;
import io.github.anople.core.image.PictureNote;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.ResultsJson;
import java.util.EnumMap;
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
    return count(Verdict::rejected);
  }

  /**
   * How many pictures somebody should look at.
   *
   * @return pictures with the verdict UNCERTAIN; 0 without two thresholds
   */
  public long uncertain() {
    return count(Verdict::uncertain);
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
   * "uncertain_threshold", "pixel_threshold", "min_area", "images": […], "failed": [{"path",
   * "reason"}, …], "notes": {a kind: how many images}}}. An image is as in {@link
   * ResultsJson#images}; threshold and origin are left out without one, the uncertain threshold
   * without two, the pixel threshold and the smallest area of a defect likewise.
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
              threshold.uncertain().ifPresent(lower -> content.put("uncertain_threshold", lower));
            });
    settings
        .defects()
        .ifPresent(
            rule -> {
              content.put("pixel_threshold", rule.pixelThreshold());
              content.put("min_area", rule.minArea().text());
            });
    content.put("images", ResultsJson.images(scored));
    content.put("failed", failed.stream().map(Failure::content).toList());
    Map<String, Object> notes = new LinkedHashMap<>();
    noted().forEach((kind, count) -> notes.put(kind.id(), count));
    content.put("notes", notes);
    return content;
  }

  /**
   * How many pictures there is something to say of.
   *
   * @return pictures by what their notes are about; kinds without any are left out
   */
  public Map<PictureNote.Kind, Long> noted() {
    Map<PictureNote.Kind, Long> counts = new EnumMap<>(PictureNote.Kind.class);
    for (Inspection one : scored) {
      one.notes().stream()
          .map(PictureNote::kind)
          .distinct()
          .forEach(kind -> counts.merge(kind, 1L, Long::sum));
    }
    return counts;
  }
}
