package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportCostTest {

  private static ExportCost cost(Map<Metric, Double> before, Map<Metric, Double> after) {
    return new ExportCost(evaluation(before), evaluation(after));
  }

  private static Evaluation evaluation(Map<Metric, Double> values) {
    Evaluation.Part all = new Evaluation.Part("washer", new MetricTable(values), 4, 4, 4, 4);
    return new Evaluation(
        "washer", List.of(), all, List.of(), List.of(), List.of(), Duration.ofSeconds(1));
  }

  private static ExportCost ofImages(double before, double after) {
    return cost(Map.of(Metric.IMAGE_AUROC, before), Map.of(Metric.IMAGE_AUROC, after));
  }

  @Test
  void aLossIsToldInPoints() {
    assertEquals(1, ofImages(0.98, 0.97).lost(Metric.IMAGE_AUROC).orElseThrow(), 1e-9);
    assertEquals(-2, ofImages(0.9, 0.92).lost(Metric.IMAGE_AUROC).orElseThrow(), 1e-9);
    assertTrue(ofImages(0.9, 0.9).lost(Metric.PIXEL_AUROC).isEmpty());
  }

  @Test
  void halfAPointMayBeLostAndNoMore() {
    assertFalse(ofImages(0.98, 0.975).tooMuch());
    assertTrue(ofImages(0.98, 0.9749).tooMuch());
    assertFalse(ofImages(0.97, 0.98).tooMuch(), "a gain");
    assertFalse(
        cost(Map.of(Metric.PIXEL_AUROC, 0.9), Map.of(Metric.PIXEL_AUROC, 0.1)).tooMuch(),
        "of pixels only");
    assertFalse(cost(Map.of(), Map.of()).tooMuch(), "unmeasured");
  }
}
