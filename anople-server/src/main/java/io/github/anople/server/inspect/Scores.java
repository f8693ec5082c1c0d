package io.github.anople.server.inspect;

import io.github.anople.core.drift.DriftReference;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ReviewState;
import io.github.anople.server.store.ReviewStore;
import java.util.List;
import org.springframework.stereotype.Service;

/** Scores by what people found, which thresholds can be chosen from. */
@Service
public class Scores {

  private static final int MOST = 2000;

  private final Detectors detectors;
  private final ActiveDetectors active;
  private final ReviewStore reviews;

  Scores(Detectors detectors, ActiveDetectors active, ReviewStore reviews) {
    this.detectors = detectors;
    this.active = active;
    this.reviews = reviews;
  }

  /**
   * Scores of the version that inspects, and of versions that score alike; of many the latest.
   *
   * @param calibration good pictures that the thresholds were set with
   * @param good inspected pictures that somebody found good
   * @param bad those that somebody found bad
   * @param open those that nobody has looked at
   */
  public record Known(
      List<Float> calibration, List<Float> good, List<Float> bad, List<Float> open) {

    /** Copies the scores. */
    public Known {
      calibration = List.copyOf(calibration);
      good = List.copyOf(good);
      bad = List.copyOf(bad);
      open = List.copyOf(open);
    }
  }

  /**
   * What is known of a product's scores.
   *
   * @param product a product that is inspected
   * @return scores in no order
   * @throws io.github.anople.server.project.MissingException if it has no detector yet
   */
  public Known of(Product product) {
    List<Float> calibration =
        active.with(
            product,
            now ->
                now.file().drift().map(DriftReference::pictures).orElse(List.of()).stream()
                    .map(DriftReference.Seen::score)
                    .toList());
    List<Long> alike = alike(product);
    return new Known(
        calibration,
        reviews.scores(alike, List.of(ReviewState.GOOD), MOST),
        reviews.scores(alike, List.of(ReviewState.BAD), MOST),
        reviews.scores(alike, List.of(ReviewState.NONE, ReviewState.WAITING), MOST));
  }

  private List<Long> alike(Product product) {
    long scores = detectors.active(product).orElseThrow().scores();
    return detectors.of(product).stream()
        .filter(version -> version.scores() == scores)
        .map(DetectorVersion::id)
        .toList();
  }
}
