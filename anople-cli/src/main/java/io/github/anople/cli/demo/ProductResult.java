package io.github.anople.cli.demo;

import io.github.anople.core.decide.Calibration;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.evaluate.Evaluation;
import java.nio.file.Path;
import java.util.stream.DoubleStream;

/**
 * What came out for one product.
 *
 * @param detector the detector's file
 * @param results the folder of its scores and heat maps
 * @param thresholds where the detector draws the line, from further good pictures
 * @param evaluation how good the detector is on the product's test pictures
 */
public record ProductResult(
    Path detector, Path results, Calibration thresholds, Evaluation evaluation) {

  /**
   * The product.
   *
   * @return its category, such as {@code pressure_gauge}
   */
  public String product() {
    return evaluation.category();
  }

  /**
   * How many pictures of a kind are NOT OK by the detector's threshold.
   *
   * @param label good or defective
   * @return a count
   */
  long rejected(Label label) {
    return scores(label).filter(score -> !thresholds.threshold().judge((float) score).ok()).count();
  }

  /**
   * The page to read.
   *
   * @return the product's report
   */
  public Path report() {
    return results.resolve("report.html");
  }

  /**
   * The scores of one kind of test pictures.
   *
   * @param label good or defective
   * @return its scores, in the test set's order
   */
  DoubleStream scores(Label label) {
    return evaluation.images().stream()
        .filter(image -> image.sample().label() == label)
        .mapToDouble(image -> image.score());
  }
}
