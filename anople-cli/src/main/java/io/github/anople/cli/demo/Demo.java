package io.github.anople.cli.demo;

import io.github.anople.app.Calibrating;
import io.github.anople.app.Enrolment;
import io.github.anople.app.Testing;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.predict.ImageList;
import io.github.anople.inspect.predict.PredictionListener;
import io.github.anople.inspect.predict.PredictionSettings;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.predict.Predictor;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.torch.TorchDetectorOpener;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The whole way from a good picture to a tested detector, on a product line that is drawn: for each
 * product a detector is trained with one shot, and measured on test pictures that it has not seen.
 */
public final class Demo {

  private static final int SHOTS = 1;

  /** What 19 further good pictures can promise. */
  private static final double FALSE_ALARMS = 0.05;

  private final Path folder;
  private final TrainingConfig config;
  private final LoadedBackbone backbone;
  private final DemoListener listener;

  /**
   * A demo.
   *
   * @param folder where everything goes; new, empty, or an earlier demo's
   * @param config how to train; its seed is also the pictures'
   * @param backbone the frozen CLIP; stays its owner's
   * @param listener hears how it goes on
   */
  public Demo(Path folder, TrainingConfig config, LoadedBackbone backbone, DemoListener listener) {
    this.folder = folder;
    this.config = config;
    this.backbone = backbone;
    this.listener = listener;
  }

  /**
   * Draws, trains, tests.
   *
   * @return what came out
   * @throws InputException if the folder is somebody else's, or cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public DemoResult run() throws InterruptedException {
    DemoImages images = new DemoImages(folder, config.seed());
    InspectionDataset dataset = images.draw();
    int drawn = dataset.train().size() + dataset.test().size();
    listener.drawn(drawn, images.root());
    List<ProductResult> products = new ArrayList<>();
    for (Product product : DemoImages.PRODUCTS) {
      products.add(product(images, dataset, dataset.category(product.name())));
      listener.tested(products.get(products.size() - 1));
    }
    Predictions odd = odd(images, products.get(0));
    return new DemoResult(
        folder,
        config.seed(),
        config.optimizer().epochs(),
        drawn,
        products,
        odd,
        products.get(0).report());
  }

  private ProductResult product(
      DemoImages images, InspectionDataset dataset, InspectionDataset.Category category)
      throws InterruptedException {
    Path file = folder.resolve(category.name() + ".anople");
    InspectionDataset alone = new InspectionDataset(dataset.name(), List.of(category));
    new Enrolment(config, OptionalDouble.empty(), listener.training(category.name()))
        .run(
            backbone,
            dataset.name(),
            Enrolment.products(alone, ShotSelection.random(SHOTS, config.seed())),
            TrainingFiles.NONE)
        .write(file);
    Calibration thresholds = thresholds(file, images.further(category.name()));
    Calibrating.store(file, thresholds, file);
    Path results = folder.resolve("results").resolve(category.name());
    return new ProductResult(file, results, thresholds, test(file, alone, results));
  }

  private Calibration thresholds(Path file, Path good) throws InterruptedException {
    try (DetectorFile detector = TorchDetectorOpener.on(file, backbone)) {
      List<Path> files = ImageList.expand(List.of(good.toString()), Optional.empty());
      return Calibrating.promised(
          detector,
          Calibrating.further(detector, files),
          FALSE_ALARMS,
          fault -> {
            throw fault;
          });
    }
  }

  private Evaluation test(Path file, InspectionDataset product, Path results)
      throws InterruptedException {
    try (DetectorFile detector = TorchDetectorOpener.on(file, backbone)) {
      EvaluationFolder written =
          new EvaluationFolder(folder(detector, results), detector.calibration());
      return Testing.run(detector, product, "demo", Optional.of(written), EvaluationListener.SILENT)
          .get(0);
    }
  }

  private static ResultFolder folder(DetectorFile detector, Path results) {
    return new ResultFolder(
        results, Optional.of(ResultFolder.scale(detector.calibration())), false);
  }

  private Predictions odd(DemoImages images, ProductResult product) throws InterruptedException {
    try (DetectorFile detector = TorchDetectorOpener.on(product.detector(), backbone)) {
      ResultFolder results = folder(detector, folder.resolve("results").resolve("odd"));
      return new Predictor(
              detector.detector(),
              new PredictionSettings(product.product(), detector.threshold()),
              Optional.of(results),
              PredictionListener.SILENT)
          .run(List.of(images.text(), images.landscape()));
    }
  }
}
