package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.decide.Calibration;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.ReportThreshold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

  private static final ObjectNode CONFIG = config();

  private static ObjectNode config() {
    ObjectNode config = JsonNodeFactory.instance.objectNode().put("anople_version", "1.2");
    config.putObject("data").put("layout", "mvtec").putArray("categories").add("nut").add("bolt");
    ObjectNode provenance = config.putObject("provenance").put("seed", 7);
    provenance.putArray("shots").addObject().put("name", "nut/1.png");
    return config;
  }

  private static InspectionReport report(Map<Metric, Double> metrics) {
    return report(metrics, Optional.empty());
  }

  private static InspectionReport report(
      Map<Metric, Double> metrics, Optional<Calibration> calibration) {
    Evaluation.Part dent = new Evaluation.Part("dent", new MetricTable(metrics), 1, 1, 0, 0);
    Inspection image =
        new Inspection(
            new Sample(Path.of("a.png"), Optional.empty(), Label.ANOMALOUS, "nut", "dent"),
            0.5f,
            calibration.map(known -> known.threshold().judge(0.5f)));
    Evaluation evaluation =
        new Evaluation(
            "nut",
            List.of(image),
            dent,
            List.of(dent),
            List.of(new Failure("b.png", "b.png: broken")),
            List.of("'dent' has no masks"),
            Duration.ofMillis(1500));
    return EvaluationReport.of(
        evaluation,
        new EvaluationReport.Sights(ColourScale.UNCALIBRATED, Optional.empty(), false),
        calibration,
        CONFIG);
  }

  @Test
  void itHoldsTheMetricsTheImagesAndWhatWasSaid() {
    InspectionReport report = report(Map.of(Metric.IMAGE_AUROC, 0.75, Metric.IMAGE_AP, 0.8));
    assertEquals(OptionalDouble.of(0.75), report.numbers().imageAuroc());
    assertEquals(OptionalDouble.empty(), report.numbers().aupro30());
    assertEquals(OptionalDouble.of(0.75), report.defects().get(0).imageAuroc());
    assertTrue(report.heading().verdict().contains("75.0 %"), report.heading().verdict());
    assertEquals("AnoPLe 1.2", report.heading().program());
    assertEquals("dent", report.images().get(0).sample().defectType());
    assertEquals(List.of("'dent' has no masks", "b.png: broken"), report.background().faults());
  }

  @Test
  void aDefectBelowTheThresholdIsMissedAndWithoutThresholdNoneIs() {
    assertEquals(OptionalInt.of(1), missed(Optional.of(0.6f)));
    assertEquals(OptionalInt.of(1), missed(Optional.of(0.5f)), "at the threshold is OK");
    assertEquals(OptionalInt.of(0), missed(Optional.of(0.4f)));
    assertEquals(OptionalInt.empty(), missed(Optional.empty()));
  }

  private static OptionalInt missed(Optional<Float> threshold) {
    Optional<Calibration> calibration =
        threshold.map(
            at ->
                new Calibration(
                    Calibration.Kind.ESTIMATE, at, 0.5f, 0.1f, 0.01, 1, Optional.empty()));
    return report(Map.of(), calibration).defects().get(0).missed();
  }

  @Test
  void theSettingsAreFlatAndTheProvenanceApart() {
    InspectionReport.Background background = report(Map.of()).background();
    assertEquals(
        List.of("anople_version=1.2", "data.layout=mvtec", "data.categories=nut, bolt"),
        texts(background.configuration()));
    assertEquals(List.of("seed=7", "shots.1.name=nut/1.png"), texts(background.provenance()));
    assertEquals(
        List.of("reading, scoring, writing=1.5 s, images: 1"), texts(background.timings()));
  }

  @Test
  void aThresholdByHandIsThatOfImagesAlone() {
    Calibration estimate =
        new Calibration(Calibration.Kind.ESTIMATE, 0.4f, 0.5f, 0.1f, 0.01, 1, Optional.empty());
    InspectionReport report = report(Map.of(), Optional.of(estimate.withImageThreshold(0.7f)));
    assertEquals(ReportThreshold.Origin.MANUAL, report.imageThreshold().origin());
    assertEquals(ReportThreshold.Origin.EARLIER, report.pixelThreshold().origin());
    assertEquals(OptionalDouble.of(0.5), report.pixelThreshold().value());
    assertEquals(
        ReportThreshold.Origin.ESTIMATE,
        report(Map.of(), Optional.of(estimate)).pixelThreshold().origin());
  }

  @Test
  void withoutMetricsNothingIsClaimed() {
    String verdict = report(Map.of()).heading().verdict();
    assertTrue(verdict.startsWith("Nothing can be said about how well"), verdict);
  }

  private static List<String> texts(Map<String, String> map) {
    List<String> texts = new ArrayList<>();
    map.forEach((name, value) -> texts.add(name + "=" + value));
    return texts;
  }
}
