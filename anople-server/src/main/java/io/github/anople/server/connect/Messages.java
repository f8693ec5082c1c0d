package io.github.anople.server.connect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is told of an inspection. */
@Component
final class Messages {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private final Projects projects;
  private final Inspections inspections;
  private final DetectorStore detectors;
  private final Clock clock;

  Messages(Projects projects, Inspections inspections, DetectorStore detectors, Clock clock) {
    this.projects = projects;
    this.inspections = inspections;
    this.detectors = detectors;
    this.clock = clock;
  }

  private record OfInspection(
      String kind,
      long inspection,
      String product,
      String verdict,
      float score,
      Optional<Double> margin,
      boolean clear,
      Optional<Float> threshold,
      Optional<Float> uncertainThreshold,
      Optional<String> thresholdOrigin,
      Optional<String> serialNumber,
      List<String> faults,
      List<Inspections.Place> defects,
      int detectorVersion,
      String detectorSha256,
      String address,
      Instant inspectedAt) {}

  private record OfTest(String kind, String product, Instant sentAt) {}

  /** What is told of an inspection of a connection's product; the same each time. */
  byte[] of(Connection connection, long inspection) {
    Product product = projects.get(connection.product());
    InspectionRow row = inspections.get(product, inspection);
    Inspections.Details details = inspections.details(row);
    DetectorVersion detector = detectors.find(row.detector()).orElseThrow();
    return JSON.writeValueAsBytes(
        new OfInspection(
            "inspection",
            row.id(),
            product.name(),
            row.verdict(),
            row.score(),
            details.margin(),
            details.clear(),
            row.threshold(),
            details.uncertainThreshold(),
            row.thresholdOrigin(),
            row.serialNumber(),
            details.faults(),
            details.defects(),
            detector.version(),
            detector.sha256(),
            "/api/v1/products/" + product.name() + "/inspections/" + row.id(),
            row.inspectedAt()));
  }

  /** What a test of a connection sends. */
  byte[] test(Connection connection) {
    return JSON.writeValueAsBytes(
        new OfTest("test", projects.get(connection.product()).name(), clock.instant()));
  }
}
