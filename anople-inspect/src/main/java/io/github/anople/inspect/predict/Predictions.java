package io.github.anople.inspect.predict;

import io.github.anople.core.decide.Verdict;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.image.PictureNote;
import io.github.anople.inspect.report.DriftJson;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Part;
import io.github.anople.inspect.report.ResultsJson;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a run found.
 *
 * @param settings what it was told
 * @param scored the pictures that were scored, in order
 * @param failed those that could not be, in order
 * @param drift what has moved since calibration, where somebody compared
 */
public record Predictions(
    PredictionSettings settings,
    List<Inspection> scored,
    List<Failure> failed,
    Optional<DriftSummary> drift) {

  public Predictions {
    scored = List.copyOf(scored);
    failed = List.copyOf(failed);
    Objects.requireNonNull(drift, "drift");
  }

  /**
   * What a run found that did not look for drift.
   *
   * @param settings what it was told
   * @param scored the pictures that were scored, in order
   * @param failed those that could not be, in order
   */
  public Predictions(PredictionSettings settings, List<Inspection> scored, List<Failure> failed) {
    this(settings, scored, failed, Optional.empty());
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

  /**
   * The parts that the pictures show, each with the verdict of its worst view.
   *
   * @return the parts, in the order of their first picture; none where each picture is judged alone
   */
  public List<Part> parts() {
    return settings
        .parts()
        .map(rule -> Part.of(scored, failed.stream().map(Failure::path).toList(), rule))
        .orElse(List.of());
  }

  private long count(Predicate<Verdict> which) {
    return scored.stream().flatMap(one -> one.verdict().stream()).filter(which).count();
  }

  /**
   * The content of {@code results.json}: {@code {"category", "threshold", "threshold_origin",
   * "uncertain_threshold", "pixel_threshold", "min_area", "images": […], "parts": […], "failed":
   * [{"path", "reason"}, …], "notes": {a kind: how many images}, "drift"}}. An image is as in
   * {@link ResultsJson#images}, a part as in {@link Part#content}, left out where each image is
   * judged alone, drift as in {@link DriftJson#of}; threshold and origin are left out without one,
   * the uncertain threshold without two, the pixel threshold and the smallest area of a defect
   * likewise, drift where nobody compared.
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
    if (settings.parts().isPresent()) {
      content.put("parts", parts().stream().map(Part::content).toList());
    }
    content.put("failed", failed.stream().map(Failure::content).toList());
    Map<String, Object> notes = new LinkedHashMap<>();
    noted().forEach((kind, count) -> notes.put(kind.id(), count));
    content.put("notes", notes);
    drift.ifPresent(summary -> content.put("drift", DriftJson.of(summary)));
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
