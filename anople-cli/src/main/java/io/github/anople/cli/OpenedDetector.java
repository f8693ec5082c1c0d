package io.github.anople.cli;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A detector out of a file, whichever engine it needs.
 *
 * @param detector scores pictures
 * @param classNames what it knows
 * @param threshold what is above it is NOT OK, where the file says so
 * @param calibration how the threshold came about, where the file knows
 * @param backbone what it stands on, where that is a thing of its own
 */
record OpenedDetector(
    AnomalyDetector detector,
    List<String> classNames,
    Optional<Threshold> threshold,
    Optional<Calibration> calibration,
    Optional<LoadedBackbone> backbone)
    implements AutoCloseable {

  /** Opens a bundle with its backbone, or an exported graph, told apart by their names. */
  static OpenedDetector open(Path file, BackboneOption backbone, Output words, OnnxOptions how) {
    if (DetectorBundle.isNamedAsGraph(file)) {
      OnnxDetector onnx = OnnxDetector.open(file, how.settings(backbone.device()));
      Thresholds thresholds = onnx.metadata().thresholds();
      return new OpenedDetector(
          onnx,
          onnx.metadata().provenance().classNames(),
          threshold(thresholds),
          thresholds.calibration(),
          Optional.empty());
    }
    how.requireNone(file);
    DetectorBundle bundle = DetectorBundle.read(file);
    LoadedBackbone loaded = backbone.load(words);
    try {
      return new OpenedDetector(
          TorchDetector.of(bundle, file.toString(), loaded),
          bundle.provenance().classNames(),
          bundle.calibration().map(Calibration::threshold),
          bundle.calibration(),
          Optional.of(loaded));
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /** Its own, with how it came about; one that was given to the export came from somebody. */
  private static Optional<Threshold> threshold(Thresholds thresholds) {
    return thresholds.calibrated()
        ? thresholds
            .calibration()
            .map(Calibration::threshold)
            .or(() -> Optional.of(Threshold.manual(thresholds.image())))
        : Optional.empty();
  }

  @Override
  public void close() {
    detector.close();
    backbone.ifPresent(LoadedBackbone::close);
  }
}
