package io.github.anople.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.predict.ImageList;
import io.github.anople.inspect.predict.Prediction;
import io.github.anople.inspect.predict.PredictionListener;
import io.github.anople.inspect.predict.PredictionSettings;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.predict.Predictor;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole way from a good picture to a tested detector, on a product line that is drawn: for each
 * product a detector is trained with one shot, and measured on test pictures that it has not seen.
 */
public final class Demo {

  private static final int SHOTS = 1;

  /** What 19 further good pictures can promise. */
  private static final double FALSE_ALARMS = 0.05;

  private static final PredictionListener UNHEARD =
      new PredictionListener() {
        @Override
        public void scored(Prediction prediction) {}

        @Override
        public void failed(Failure failure) {}
      };

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
    DetectorBundle trained = train(dataset, category);
    try (AnomalyDetector detector = TorchDetector.of(trained, file.toString(), backbone)) {
      Calibration thresholds =
          CalibrationSet.of(
                  trained.provenance(),
                  ImageList.expand(
                      List.of(images.further(category.name()).toString()), Optional.empty()))
              .calibrate(detector, new ImageReader(), FALSE_ALARMS);
      DetectorBundle bundle = trained.withCalibration(Optional.of(thresholds));
      bundle.write(file);
      Path results = folder.resolve("results").resolve(category.name());
      return new ProductResult(
          file, results, thresholds, test(detector, bundle, category, results));
    }
  }

  private DetectorBundle train(InspectionDataset dataset, InspectionDataset.Category category) {
    InspectionDataset alone = new InspectionDataset(dataset.name(), List.of(category));
    List<Path> shots =
        ShotSelection.random(SHOTS, config.seed()).select(alone).stream()
            .map(Sample::image)
            .toList();
    return new Trainer(
            config, AnomalySource.ofItself(), new ImageReader(), listener.training(category.name()))
        .train(
            backbone,
            dataset.name(),
            List.of(new TrainingClass(category.name(), shots)),
            TrainingFiles.NONE);
  }

  private Evaluation test(
      AnomalyDetector detector,
      DetectorBundle bundle,
      InspectionDataset.Category category,
      Path results)
      throws InterruptedException {
    EvaluationFolder written = new EvaluationFolder(folder(bundle, results), bundle.calibration());
    written.create();
    Evaluation evaluation = new Evaluator(detector, written).run(category);
    List<String> shots = bundle.provenance().shots().stream().map(Provenance.Shot::name).toList();
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("anople_version", TorchRuntime.programVersion())
            .put("demo_seed", config.seed())
            .put("epochs", config.optimizer().epochs())
            .put("backbone", backbone.identity().name());
    written.finish(List.of(evaluation), shots, settings.toString(), detector.textFeatures());
    return evaluation;
  }

  private static ResultFolder folder(DetectorBundle bundle, Path results) {
    return new ResultFolder(results, Optional.of(ResultFolder.scale(bundle.calibration())), false);
  }

  private Predictions odd(DemoImages images, ProductResult product) throws InterruptedException {
    DetectorBundle bundle = DetectorBundle.read(product.detector());
    ResultFolder results = folder(bundle, folder.resolve("results").resolve("odd"));
    try (AnomalyDetector detector =
        TorchDetector.of(bundle, product.detector().toString(), backbone)) {
      return new Predictor(
              detector,
              new PredictionSettings(
                  product.product(), bundle.calibration().map(Calibration::threshold)),
              Optional.of(results),
              UNHEARD)
          .run(List.of(images.text(), images.landscape()));
    }
  }
}
