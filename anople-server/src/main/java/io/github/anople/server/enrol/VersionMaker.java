package io.github.anople.server.enrol;

import io.github.anople.app.Calibrating;
import io.github.anople.app.Enrolment;
import io.github.anople.app.Exporting;
import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.onnx.OnnxDetectorOpener;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TorchDetectorOpener;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes the next version of a detector, in a process of its own.
 *
 * @param order what is to be made
 * @param tell takes what there is to tell
 * @param cancelled whether somebody wants it to end
 */
record VersionMaker(TrainingOrder order, Consumer<TrainingEvent> tell, BooleanSupplier cancelled) {

  void run() throws InterruptedException {
    switch (order.task()) {
      case TRAIN -> train();
      case CALIBRATE -> calibrate();
      case CORRECT -> correct();
    }
  }

  private void stage(String words) {
    tell.accept(TrainingEvent.stage(words));
  }

  private Path file(String name) {
    return order.folder().resolve(name);
  }

  private LoadedBackbone backbone() {
    return Backbones.load(order.backbone(), Precision.FP32, ComputeDevice.CPU);
  }

  private void train() throws InterruptedException {
    stage("loading the backbone");
    TrainingConfig config = TrainingConfig.usual().with(order.settings());
    Path file = file("detector.anople");
    try (LoadedBackbone loaded = backbone()) {
      if (order.provisional()) {
        Path first = file("provisional.anople");
        learn(loaded, config.with("optimizer.epochs", "0"), first, "Provisional detector: ");
        finish(loaded, first, true);
      }
      learn(loaded, config, file, "");
      if (order.pictures().memory().isEmpty()) {
        finish(loaded, file, false);
        return;
      }
    }
    remember(file);
  }

  private void learn(LoadedBackbone backbone, TrainingConfig config, Path file, String what) {
    Enrolment enrolment =
        new Enrolment(
            config,
            order.pictures().calibration().isEmpty()
                ? OptionalDouble.of(order.promise().falseAlarms())
                : OptionalDouble.empty(),
            new TrainingProgress(what, tell, cancelled));
    order
        .region()
        .map(json -> enrolment.withRegion(Region.fromJson(json, "region")))
        .orElse(enrolment)
        .write(
            backbone,
            order.product(),
            List.of(new TrainingClass(order.shows(), order.pictures().shots())),
            new Enrolment.Target(
                file,
                file.resolveSibling(file.getFileName() + ".csv"),
                TrainingFiles.Resume.OWN,
                true));
  }

  /** Thresholds, and the graph. */
  private void finish(LoadedBackbone backbone, Path file, boolean provisional)
      throws InterruptedException {
    if (!order.pictures().calibration().isEmpty()) {
      stage("setting thresholds");
      try (DetectorFile detector = TorchDetectorOpener.on(file, backbone)) {
        Calibrating.store(file, measured(detector), file);
      }
    }
    export(backbone, file, provisional);
  }

  private CalibrationSet.Measured measured(DetectorFile detector) throws InterruptedException {
    return Calibrating.measured(
        detector,
        Calibrating.further(detector, order.pictures().calibration()),
        targets(),
        detector.sceneOfShots(),
        new ImageReader(detector.provenance().reading()),
        new CalibrationSet.Listener() {
          @Override
          public void unreadable(InputException fault) {
            tell.accept(TrainingEvent.remark(fault.getMessage()));
          }

          @Override
          public void unlike(Path image, List<SceneFault> faults) {
            tell.accept(Corrections.unlike(image, faults));
          }
        });
  }

  private Targets targets() {
    return Targets.checked(order.promise().falseAlarms(), Optional.of(order.promise().uncertain()));
  }

  private void export(LoadedBackbone backbone, Path file, boolean provisional)
      throws InterruptedException {
    stage("exporting");
    DetectorBundle bundle = DetectorBundle.read(file);
    ExportSettings settings =
        new ExportSettings(
            OnnxPrecision.FP32,
            false,
            bundle
                .calibration()
                .map(OnnxMetadata.Thresholds::of)
                .orElse(OnnxMetadata.Thresholds.NONE),
            ExportSettings.INT8_ERROR);
    Path graph = file.resolveSibling(file.getFileName().toString().replace(".anople", ".onnx"));
    new Exporting(settings, List.of(), List.of(), EvaluationListener.SILENT)
        .run(bundle, file.toString(), backbone, List.of(), graph);
    made(file, graph, provisional, bundle);
  }

  private void made(Path file, Path graph, boolean provisional, DetectorBundle bundle) {
    tell.accept(
        TrainingEvent.made(
            new TrainingEvent.Made(
                file, graph, provisional, bundle.calibration().map(Calibration::toJson))));
  }

  /** Only thresholds differ, so that nothing has to be trained or exported. */
  private void calibrate() throws InterruptedException {
    Path graph = copy(base().graph(), "base.onnx");
    Path file = copy(base().anople(), "base.anople");
    stage("setting thresholds");
    CalibrationSet.Measured measured;
    try (DetectorFile detector = new OnnxDetectorOpener().open(graph, OpenSettings.AUTO)) {
      measured = measured(detector);
    }
    Path newGraph = file("detector.onnx");
    Path newFile = file("detector.anople");
    Calibrating.store(graph, measured, newGraph);
    Calibrating.store(file, measured, newFile);
    made(newFile, newGraph, false, DetectorBundle.read(newFile));
  }

  private void correct() throws InterruptedException {
    remember(copy(base().anople(), "detector.anople"));
  }

  private void remember(Path file) throws InterruptedException {
    new Corrections(order, tell, this::backbone, targets()).apply(file);
    try (LoadedBackbone loaded = backbone()) {
      export(loaded, file, false);
    }
  }

  private TrainingOrder.Base base() {
    return order.base().orElseThrow();
  }

  private Path copy(Path from, String name) {
    Path to = file(name);
    try {
      return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException(
          from, "cannot be copied to " + to + " (" + e + ")", "check the data folder", e);
    }
  }
}
