package io.github.anople.cli.demo;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.report.Inspection;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What came out for one product.
 *
 * @param detector the detector's file
 * @param results the folder of its scores and heat maps
 * @param evaluation how good the detector is on the product's test pictures
 */
public record ProductResult(Path detector, Path results, Evaluation evaluation) {

  /**
   * The product.
   *
   * @return its category, such as {@code pressure_gauge}
   */
  public String product() {
    return evaluation.category();
  }

  /**
   * What tells this detector apart.
   *
   * @return the name of its folder of results
   */
  public String name() {
    return results.getFileName().toString();
  }

  /**
   * How many pictures of a kind are NOT OK by the detector's threshold.
   *
   * @param label good or defective
   * @return a count
   */
  long rejected(Label label) {
    return of(label).flatMap(image -> image.verdict().stream()).filter(Verdict::rejected).count();
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
   * How many test pictures of a kind there are.
   *
   * @param label good or defective
   * @return a count
   */
  long count(Label label) {
    return of(label).count();
  }

  private Stream<Inspection> of(Label label) {
    return evaluation.images().stream().filter(image -> image.sample().label() == label);
  }
}
