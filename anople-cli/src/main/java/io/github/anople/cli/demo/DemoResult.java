package io.github.anople.cli.demo;

import io.github.anople.inspect.predict.Predictions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a demo made and found.
 *
 * @param folder where everything is
 * @param seed what it was drawn from and trained with
 * @param epochs passes of each training over its one picture
 * @param images how many were drawn, training and test
 * @param products what came out, a product each
 * @param hard what came out where one shot is not enough, where that was tried
 * @param odd what the first product's detector said of files that are no such product
 * @param report what to look at
 */
public record DemoResult(
    Path folder,
    long seed,
    int epochs,
    int images,
    List<ProductResult> products,
    Optional<HardCase> hard,
    Predictions odd,
    Path report) {

  /**
   * Copies the list.
   *
   * @param folder where everything is
   * @param seed what it was drawn from and trained with
   * @param epochs passes of each training over its one picture
   * @param images how many were drawn
   * @param products what came out, at least one product
   * @param hard what came out where one shot is not enough, where that was tried
   * @param odd what the first product's detector said of files that are no such product
   * @param report what to look at
   */
  public DemoResult {
    products = List.copyOf(products);
  }
}
