package io.github.anople.onnx;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorOpener;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import java.nio.file.Path;
import java.util.Optional;

/** Opens exported detectors, {@code *.onnx}. */
public final class OnnxDetectorOpener implements DetectorOpener {

  /** For the service loader. */
  public OnnxDetectorOpener() {}

  @Override
  public String pattern() {
    return "*.onnx";
  }

  @Override
  public boolean opens(Path file) {
    return DetectorBundle.isNamedAsGraph(file);
  }

  /**
   * Opens a graph.
   *
   * @throws io.github.anople.core.InputException as {@link OnnxDetector#open(Path, OnnxSettings)},
   *     or if the settings ask for something else than there is
   */
  @Override
  public DetectorFile open(Path file, OpenSettings settings) {
    return new Opened(file, OnnxDetector.open(file, OnnxSettings.of(settings)));
  }

  /** ONNX Runtime reads the metadata when the graph is loaded, so the detector is there at once. */
  private record Opened(Path path, OnnxDetector onnx) implements DetectorFile {

    @Override
    public Provenance provenance() {
      return onnx.metadata().provenance();
    }

    @Override
    public Optional<Calibration> calibration() {
      return onnx.metadata()
          .thresholds()
          .calibration()
          .map(known -> known.scene().isPresent() ? known : known.withScene(sceneOfShots()));
    }

    @Override
    public Optional<SceneLimits> sceneOfShots() {
      return onnx.metadata().scene();
    }

    @Override
    public Optional<DriftReference> drift() {
      return onnx.metadata().drift();
    }

    @Override
    public Optional<Region> region() {
      return onnx.metadata().region().map(FilledRegion::region);
    }

    /** Its own, with how it came about; one that was given to the export came from somebody. */
    @Override
    public Optional<Threshold> threshold() {
      OnnxMetadata.Thresholds thresholds = onnx.metadata().thresholds();
      return thresholds.calibrated()
          ? calibration()
              .map(Calibration::threshold)
              .or(
                  () ->
                      Optional.of(
                          Threshold.manual(thresholds.image(), thresholds.uncertain())
                              .with(scene())))
          : Optional.empty();
    }

    @Override
    public Optional<DefectRule> defects() {
      OnnxMetadata.Thresholds thresholds = onnx.metadata().thresholds();
      return thresholds.calibrated()
          ? Optional.of(DefectRule.manual(thresholds.pixel()).within(region()))
          : Optional.empty();
    }

    @Override
    public Optional<String> configuration() {
      return Optional.empty();
    }

    @Override
    public String precision() {
      return onnx.metadata().precision();
    }

    @Override
    public AnomalyDetector detector() {
      return onnx;
    }

    @Override
    public void close() {
      onnx.close();
    }
  }
}
