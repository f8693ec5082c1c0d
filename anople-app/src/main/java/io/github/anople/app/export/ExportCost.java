package io.github.anople.app.export;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.metric.Metric;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an export costs on the labelled pictures of a category.
 *
 * @param libtorch how good the detector is
 * @param exported how good its graph is on the same pictures
 */
public record ExportCost(Evaluation libtorch, Evaluation exported) {

  /** Points of image AUROC that an export may cost. */
  public static final double MOST = 0.5;

  /** In sums of ranks, equal numbers differ by less. */
  private static final double ROUNDING = 1e-9;

  private static final int POINTS = 100;

  /**
   * Measures both detectors.
   *
   * @param torch the detector in fp32; stays its owner's
   * @param exported its graph; stays its owner's
   * @param category its test images
   * @param listener hears of each image twice
   * @param reader reads the images
   * @return what was found
   * @throws InterruptedException if the thread is interrupted
   */
  public static ExportCost measure(
      AnomalyDetector torch,
      AnomalyDetector exported,
      InspectionDataset.Category category,
      EvaluationListener listener,
      ImageReader reader)
      throws InterruptedException {
    return new ExportCost(
        measured(torch, category, listener, reader),
        measured(exported, category, listener, reader));
  }

  private static Evaluation measured(
      AnomalyDetector detector,
      InspectionDataset.Category category,
      EvaluationListener listener,
      ImageReader reader)
      throws InterruptedException {
    return new Evaluator(detector, Optional.empty(), Optional.empty(), listener, reader)
        .run(category);
  }

  /**
   * What is lost of a metric.
   *
   * @param metric one of those in [0, 1]
   * @return points, hundredths of the metric; negative where the graph is better by chance; empty
   *     where the metric is undefined
   */
  public OptionalDouble lost(Metric metric) {
    OptionalDouble before = libtorch.overall().metrics().get(metric);
    OptionalDouble after = exported.overall().metrics().get(metric);
    return before.isPresent() && after.isPresent()
        ? OptionalDouble.of(POINTS * (before.getAsDouble() - after.getAsDouble()))
        : OptionalDouble.empty();
  }

  /**
   * Whether more image AUROC is lost than {@link #MOST}.
   *
   * @return false where it could not be measured
   */
  public boolean tooMuch() {
    OptionalDouble lost = lost(Metric.IMAGE_AUROC);
    return lost.isPresent() && lost.getAsDouble() > MOST + ROUNDING;
  }
}
