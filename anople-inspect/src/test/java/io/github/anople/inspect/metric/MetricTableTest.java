package io.github.anople.inspect.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MetricTableTest {

  @Test
  void whatIsUndefinedIsNotThere() {
    ImageMetrics image = ImageMetrics.of(new double[] {0.1}, new double[] {0.2});
    MetricTable table = MetricTable.of(image, PixelMetrics.of(List.of()));
    assertEquals(
        Map.of(
            Metric.IMAGE_AUROC, 1.0,
            Metric.IMAGE_AP, 1.0,
            Metric.IMAGE_F1_MAX, 1.0,
            Metric.IMAGE_F1_THRESHOLD, 0.2),
        table.values());
    assertEquals(OptionalDouble.empty(), table.get(Metric.AUPRO));
  }

  @Test
  void aMeanIsOverTheTablesThatHaveTheMetric() {
    MetricTable all =
        MetricTable.mean(
            List.of(
                new MetricTable(Map.of(Metric.AUPRO, 0.5, Metric.IMAGE_F1_THRESHOLD, 0.1)),
                new MetricTable(Map.of(Metric.AUPRO, 0.25, Metric.PIXEL_AP, 0.75)),
                new MetricTable(Map.of())));
    assertEquals(Map.of(Metric.AUPRO, 0.375, Metric.PIXEL_AP, 0.75), all.values());
  }

  @Test
  void aTableWithOneMoreMetricHasTheOthersToo() {
    MetricTable one = new MetricTable(Map.of(Metric.AUPRO, 0.5));
    MetricTable two = one.with(Metric.PART_AUROC, OptionalDouble.of(0.75));
    assertEquals(Map.of(Metric.AUPRO, 0.5, Metric.PART_AUROC, 0.75), two.values());
    assertEquals(one, two.with(Metric.PART_AUROC, OptionalDouble.empty()));
    assertEquals(List.of(Metric.AUPRO, Metric.PART_AUROC), MetricTable.defined(List.of(one, two)));
    assertEquals(List.of(), MetricTable.defined(List.of()));
  }

  @Test
  void aValueThatIsNoNumberIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new MetricTable(Map.of(Metric.AUPRO, Double.NaN)));
  }
}
