package io.github.anople.cli.demo;

import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;

/** Hears how a demo goes on. */
public interface DemoListener {

  /**
   * The pictures of a product are about to be drawn.
   *
   * @param product what they show
   * @param folder where they go
   */
  void drawing(String product, Path folder);

  /**
   * A training is about to start.
   *
   * @param product what is learned
   * @return who hears of its steps
   */
  TrainingListener training(String product);

  /**
   * A detector is about to get its thresholds.
   *
   * @param name the product, or what tells its further detector apart
   */
  void calibrating(String name);

  /**
   * A detector is about to be tested.
   *
   * @param name as above
   * @return who hears of each picture
   */
  EvaluationListener testing(String name);

  /**
   * A detector is tested.
   *
   * @param result what came out
   */
  void tested(ProductResult result);
}
