package io.github.anople.server.inspect;

import io.github.anople.core.decide.Calibration;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Search;
import io.github.anople.server.store.TallyStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** How a product goes on. */
@Service
public class Trends {

  private static final int POINTS = 500;
  private static final int DAYS = 30;

  private final InspectionStore inspections;
  private final TallyStore tallies;
  private final DriftWatch drift;
  private final Detectors detectors;
  private final Clock clock;

  Trends(
      InspectionStore inspections,
      TallyStore tallies,
      DriftWatch drift,
      Detectors detectors,
      Clock clock) {
    this.inspections = inspections;
    this.tallies = tallies;
    this.drift = drift;
    this.detectors = detectors;
    this.clock = clock;
  }

  /**
   * A score and what it was compared with.
   *
   * @param id the inspection's number
   * @param score of the picture
   * @param threshold what it was compared with; empty where nobody decided
   * @param verdict in a word
   * @param version of the detector
   */
  public record Point(
      long id, float score, Optional<Float> threshold, String verdict, int version) {}

  /**
   * The latest scores.
   *
   * @param product the product
   * @return the oldest of them first
   */
  public List<Point> scores(Product product) {
    List<Point> points = new ArrayList<>();
    inspections
        .of(product.id(), Search.newest(POINTS))
        .forEach(
            row ->
                points.add(
                    new Point(
                        row.id(), row.score(), row.threshold(), row.verdict(), row.version())));
    Collections.reverse(points);
    return points;
  }

  /**
   * Inspections of the last thirty days.
   *
   * @param product the product
   * @return day by day, in UTC
   */
  public List<TallyStore.Day> days(Product product) {
    return tallies.days(product.id(), LocalDate.now(clock).minusDays(DAYS));
  }

  /**
   * What has moved since the version that inspects was calibrated.
   *
   * @param product the product
   * @return the newest first
   */
  public List<DriftWatch.Noticed> drift(Product product) {
    return product.activeDetector().map(drift::of).orElse(List.of());
  }

  /**
   * Why drift cannot be told.
   *
   * @param product the product
   * @return a sentence without its end; empty where it can
   */
  public Optional<String> unable(Product product) {
    int known =
        detectors
            .active(product)
            .flatMap(Detectors::calibration)
            .filter(one -> one.kind() != Calibration.Kind.ESTIMATE)
            .map(Calibration::images)
            .orElse(0);
    int needed = DriftTest.needed(DriftTest.WINDOW);
    return known >= needed
        ? Optional.empty()
        : Optional.of(
            ("Whether the pictures have drifted cannot be told yet: that takes thresholds from %d good"
                    + " pictures beside the shots, and there are %d")
                .formatted(needed, known));
  }
}
