package io.github.anople.torch;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorOpener;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens detectors as training writes them, {@code *.anople}. */
public final class TorchDetectorOpener implements DetectorOpener {

  /** For the service loader. */
  public TorchDetectorOpener() {}

  @Override
  public String pattern() {
    return "*.anople";
  }

  /** Whatever is not named as a graph: a bundle's name is free. */
  @Override
  public boolean opens(Path file) {
    return !DetectorBundle.isNamedAsGraph(file);
  }

  /**
   * Reads a bundle; its backbone is loaded when the detector is asked for.
   *
   * @throws InputException if the bundle is missing or damaged, or the settings ask for something
   *     that only an exported detector has
   */
  @Override
  public DetectorFile open(Path file, OpenSettings settings) {
    if (settings.provider().isPresent() || settings.threads().isPresent()) {
      throw new InputException(
          file,
          "is not an exported detector, and execution providers and threads are for those",
          "leave them out, or export the detector first");
    }
    return new Opened(
        file,
        DetectorBundle.read(file),
        () ->
            Backbones.load(
                settings.backbone(),
                Precision.of(settings.precision()),
                ComputeDevice.parse(settings.device())),
        true);
  }

  /**
   * Opens a bundle on a backbone that is loaded already, and stays its owner's.
   *
   * @param file the bundle
   * @param backbone the backbone that it was trained on
   * @return the file, to close before the backbone
   * @throws InputException if the bundle is missing or damaged
   */
  public static DetectorFile on(Path file, LoadedBackbone backbone) {
    return new Opened(file, DetectorBundle.read(file), () -> backbone, false);
  }

  private static final class Opened implements DetectorFile {

    private final Path path;
    private final DetectorBundle bundle;
    private final Supplier<LoadedBackbone> load;
    private final boolean ownsBackbone;
    private LoadedBackbone backbone;
    private AnomalyDetector detector;

    Opened(Path path, DetectorBundle bundle, Supplier<LoadedBackbone> load, boolean ownsBackbone) {
      this.path = path;
      this.bundle = bundle;
      this.load = load;
      this.ownsBackbone = ownsBackbone;
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public Provenance provenance() {
      return bundle.provenance();
    }

    @Override
    public Optional<Calibration> calibration() {
      return bundle.decided();
    }

    @Override
    public Optional<SceneLimits> sceneOfShots() {
      return bundle.scene().map(SceneMemory::limits);
    }

    @Override
    public Optional<DriftReference> drift() {
      return bundle.drift();
    }

    @Override
    public Optional<Region> region() {
      return bundle.region().map(FilledRegion::region);
    }

    @Override
    public Optional<String> configuration() {
      return Optional.of(bundle.configuration());
    }

    @Override
    public synchronized String precision() {
      detector();
      return backbone.clip().precision().id();
    }

    @Override
    public synchronized AnomalyDetector detector() {
      if (detector == null) {
        LoadedBackbone loaded = load.get();
        try {
          detector = TorchDetector.of(bundle, path.toString(), loaded);
          backbone = loaded;
        } catch (RuntimeException e) {
          close(loaded);
          throw e;
        }
      }
      return detector;
    }

    @Override
    public synchronized void close() {
      if (detector != null) {
        detector.close();
        close(backbone);
      }
    }

    private void close(LoadedBackbone loaded) {
      if (ownsBackbone) {
        loaded.close();
      }
    }
  }
}
