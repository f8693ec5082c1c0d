package io.github.anople.cli.demo;

import io.github.anople.app.Calibrating;
import io.github.anople.app.Enrolment;
import io.github.anople.app.Testing;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.predict.ImageList;
import io.github.anople.inspect.predict.PredictionListener;
import io.github.anople.inspect.predict.PredictionSettings;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.predict.Predictor;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.torch.TorchDetectorOpener;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.TrainingFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The whole way from a good picture to a tested detector, on a product line that is drawn: for each
 * product a detector is trained with one shot, and measured on test pictures that it has not seen.
 * One product more is a hard case: it is measured with one shot, and with further ones in memory.
 */
public final class Demo {

  /** How many products there are, without the hard case. */
  public static final int PRODUCTS = DemoImages.PRODUCTS.size();

  private static final int SHOTS = 1;

  /** What 19 further good pictures can promise. */
  private static final double FALSE_ALARMS = 0.05;

  private final Path folder;
  private final TrainingConfig config;
  private final LoadedBackbone backbone;
  private final int products;
  private final DemoListener listener;

  /**
   * A demo.
   *
   * @param folder where everything goes, {@link #begin begun}
   * @param config how to train; its seed is also the pictures'
   * @param backbone the frozen CLIP; stays its owner's
   * @param products how many of the {@link #PRODUCTS} products; the hard case comes after all
   * @param listener hears how it goes on
   */
  public Demo(
      Path folder,
      TrainingConfig config,
      LoadedBackbone backbone,
      int products,
      DemoListener listener) {
    this.folder = folder;
    this.config = config;
    this.backbone = backbone;
    this.products = products;
    this.listener = listener;
  }

  /**
   * Takes a folder for a demo: to be done first, since it may be refused.
   *
   * @param folder where everything will go; new, empty, or an earlier demo's
   * @param seed the demo's
   * @throws InputException if the folder is somebody else's, or cannot be written
   */
  public static void begin(Path folder, long seed) {
    new DemoImages(folder, seed).begin();
  }

  /**
   * Draws, trains, tests.
   *
   * @return what came out
   * @throws InputException if the folder cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public DemoResult run() throws InterruptedException {
    DemoImages images = new DemoImages(folder, config.seed());
    List<ProductResult> results = new ArrayList<>();
    int drawn = 0;
    for (Product product : DemoImages.PRODUCTS.subList(0, products)) {
      InspectionDataset pictures = draw(images, product);
      drawn += pictures.train().size() + pictures.test().size();
      results.add(learned(images, pictures));
    }
    Predictions odd = odd(images, results.get(0));
    Optional<HardCase> hardCase = Optional.empty();
    if (products == PRODUCTS) {
      InspectionDataset hard = draw(images, DemoImages.HARD);
      drawn += hard.train().size() + hard.test().size();
      ProductResult one = learned(images, hard);
      hardCase =
          Optional.of(new HardCase(one, remembering(images, hard, one), hard.train().size()));
    }
    return new DemoResult(
        folder,
        config.seed(),
        config.optimizer().epochs(),
        drawn,
        results,
        hardCase,
        odd,
        results.get(0).report());
  }

  private InspectionDataset draw(DemoImages images, Product product) {
    listener.drawing(product.name(), images.root().resolve(product.name()));
    return images.draw(product);
  }

  /** A product learned from one shot. */
  private ProductResult learned(DemoImages images, InspectionDataset product)
      throws InterruptedException {
    String name = product.categoryNames().get(0);
    Path file = folder.resolve(name + ".anople");
    new Enrolment(config, OptionalDouble.empty(), listener.training(name))
        .run(
            backbone,
            product.name(),
            Enrolment.products(product, ShotSelection.random(SHOTS, config.seed())),
            TrainingFiles.NONE)
        .write(file);
    return measured(images, product, file, name);
  }

  /** The same product when the detector has all its good pictures in memory, without training. */
  private ProductResult remembering(
      DemoImages images, InspectionDataset product, ProductResult learned)
      throws InterruptedException {
    int shots = product.train().size();
    String name = learned.product() + "_" + shots + "_shots";
    Path file = folder.resolve(name + ".anople");
    // The first shot of a seed is also the first of its four.
    List<Path> further =
        ShotSelection.random(shots, config.seed()).select(product).stream()
            .skip(SHOTS)
            .map(Sample::image)
            .toList();
    MemoryFiller.extend(
            DetectorBundle.read(learned.detector()),
            learned.detector().toString(),
            backbone,
            learned.product(),
            further,
            new ImageReader(),
            new Addition.Signature(Instant.now(), Optional.empty()))
        .write(file);
    return measured(images, product, file, name);
  }

  /** Gives the detector its thresholds, and tests it. */
  private ProductResult measured(
      DemoImages images, InspectionDataset product, Path file, String name)
      throws InterruptedException {
    listener.calibrating(name);
    Path further = images.further(product.categoryNames().get(0));
    Calibrating.store(file, thresholds(file, further), file);
    Path results = folder.resolve("results").resolve(name);
    ProductResult result = new ProductResult(file, results, test(file, product, results, name));
    listener.tested(result);
    return result;
  }

  private Calibration thresholds(Path file, Path good) throws InterruptedException {
    try (DetectorFile detector = TorchDetectorOpener.on(file, backbone)) {
      List<Path> files = ImageList.expand(List.of(good.toString()), Optional.empty()).images();
      return Calibrating.promised(
          detector,
          Calibrating.further(detector, files),
          FALSE_ALARMS,
          fault -> {
            throw fault;
          });
    }
  }

  private Evaluation test(Path file, InspectionDataset product, Path results, String name)
      throws InterruptedException {
    try (DetectorFile detector = TorchDetectorOpener.on(file, backbone)) {
      EvaluationFolder written =
          new EvaluationFolder(folder(detector, results), detector.calibration());
      return Testing.run(detector, product, "demo", Optional.of(written), listener.testing(name))
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
          .run(List.of(images.coveredLens(), images.landscape(), images.text()));
    }
  }
}
