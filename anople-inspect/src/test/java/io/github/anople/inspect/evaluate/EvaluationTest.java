package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  @Test
  void aMeanOverAPartOfTheCategoriesSaysWhichLackTheMetric() {
    Map<Metric, Double> image = Map.of(Metric.IMAGE_AUROC, 0.5);
    Map<Metric, Double> both = Map.of(Metric.IMAGE_AUROC, 0.7, Metric.PIXEL_AUROC, 0.9);
    Map<Metric, Double> all =
        Map.of(Metric.IMAGE_AUROC, 0.6, Metric.PIXEL_AUROC, 0.8, Metric.AUPRO, 0.4);
    List<Evaluation> three = List.of(of("nut", image), of("bolt", both), of("ring", all));

    assertEquals(
        List.of(
            "the mean of pixel AUROC is over 2 of 3 categories: not defined for nut",
            "the mean of AUPRO is over 1 of 3 categories: not defined for nut, bolt"),
        Evaluation.lackingInMean(three));
    assertEquals(List.of(), Evaluation.lackingInMean(List.of(of("nut", image), of("bolt", image))));
  }

  private static Evaluation of(String category, Map<Metric, Double> metrics) {
    Evaluation.Part overall = new Evaluation.Part("all", new MetricTable(metrics), 1, 1, 0, 0);
    return new Evaluation(
        category, List.of(), overall, List.of(), List.of(), List.of(), Duration.ZERO);
  }
}
