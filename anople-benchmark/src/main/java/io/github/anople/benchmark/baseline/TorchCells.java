package io.github.anople.benchmark.baseline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellResult;
import io.github.anople.benchmark.CellRun;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.CellSettings;
import io.github.anople.benchmark.ThresholdResult;
import io.github.anople.core.ProgramVersion;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.report.PartRule;
import io.github.anople.inspect.report.ScoresCsv;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.model.MemoryEncoders;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs the cells of a benchmark on one loaded backbone, which its threads share. A training keeps
 * its checkpoint in the cell's folder, so that a killed run goes on in the middle of a cell; a
 * finished one leaves {@code scores.csv}, a row a test image.
 */
public final class TorchCells implements CellRunner {

  /** The file with a row for each test image, in the folder of a finished cell. */
  public static final String SCORES = "scores.csv";

  private static final String CHECKPOINT = "training.checkpoint";

  private final LoadedBackbone backbone;
  private final OptionalDouble target;
  private final ImageReader reader;
  private final Pace pace;

  /**
   * A runner on a backbone.
   *
   * @param backbone the frozen CLIP, which stays its owner's
   * @param target the share of false alarms that thresholds aim at, to measure what they are worth;
   *     empty to leave thresholds alone
   * @param reader reads all images
   */
  public TorchCells(LoadedBackbone backbone, OptionalDouble target, ImageReader reader) {
    this.backbone = backbone;
    this.target = target;
    this.reader = reader;
    this.pace = new Pace(backbone, reader);
  }

  /**
   * Measures without thresholds, and reads images as is usual.
   *
   * @param backbone the frozen CLIP, which stays its owner's
   */
  public TorchCells(LoadedBackbone backbone) {
    this(backbone, OptionalDouble.empty(), new ImageReader());
  }

  LoadedBackbone backbone() {
    return backbone;
  }

  /**
   * What reads all images.
   *
   * @return as it was given
   */
  public ImageReader reader() {
    return reader;
  }

  /**
   * What {@link #load} makes a runner of in another process.
   *
   * @param engine how this runner's backbone was asked for
   * @return with what this runner has, and the threads that it computes with
   */
  public CellSettings settings(OpenSettings engine) {
    return new CellSettings(engine, target, reader.options(), TorchRuntime.threads());
  }

  /**
   * Loads a backbone for as long as the process lives, and computes with the threads of the
   * settings from now on.
   *
   * @param settings of {@link #settings} in another process
   * @return a runner like the one there
   * @throws io.github.anople.core.InputException if there is no such backbone here, or it is
   *     unusable
   */
  public static TorchCells load(CellSettings settings) {
    TorchRuntime.setThreads(settings.threads());
    LoadedBackbone backbone =
        Backbones.load(
            settings.engine().backbone(),
            Precision.of(settings.engine().precision()),
            ComputeDevice.parse(settings.engine().device()));
    return new TorchCells(backbone, settings.target(), new ImageReader(settings.reading()));
  }

  /**
   * The settings in full, the backbone's hash and number format, the program's version, and the bit
   * depth that was given for all images.
   */
  @Override
  public String configuration(Cell cell) {
    Baseline baseline = baseline(cell);
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("program", ProgramVersion.current());
    whole
        .putObject("backbone")
        .put("name", backbone.identity().name())
        .put("sha256", backbone.identity().sha256())
        .put("precision", backbone.clip().precision().id());
    TrainingConfig config = baseline.config();
    MemoryEncoders.identities(config, backbone)
        .forEach(one -> whole.withArray("encoders").addObject().put(one.name(), one.sha256()));
    whole.putRawValue("settings", new RawValue(config.toJson()));
    target.ifPresent(share -> whole.put("threshold_target", share));
    reader.options().bitDepth().ifPresent(bits -> whole.put("bit_depth", bits));
    return whole.toString();
  }

  @Override
  public String encoder(Cell cell) {
    return baseline(cell).sees(backbone.identity().name());
  }

  @Override
  public Optional<Duration> expected(Cell cell) throws InterruptedException {
    return Optional.of(pace.of(cell, baseline(cell)));
  }

  /** A cell's method with its settings. */
  static Baseline baseline(Cell cell) {
    TrainingConfig preset = cell.variant().preset().settings(cell.data().layout());
    TrainingConfig config =
        preset.changed(cell.variant().settings(), "variant " + cell.variant().name());
    return Baseline.of(cell.variant().method(), config.with("seed", Long.toString(cell.seed())));
  }

  @Override
  public CellRun run(Cell cell, Path folder) throws InterruptedException {
    long start = System.nanoTime();
    InspectionDataset dataset = cell.data().read(cell.categories());
    TrainingFiles files =
        new TrainingFiles(
            Optional.of(folder.resolve(CHECKPOINT)), Optional.empty(), TrainingFiles.Resume.OWN);
    Map<String, List<Sample>> classes = shots(cell, cell.data().read(cell.fitted()));
    Baseline.Shots shots =
        new Baseline.Shots(cell.data().name(), classes, files, TrainingListener.SILENT, reader);
    Optional<ThresholdStudy> study =
        target.isPresent()
            ? Optional.of(new ThresholdStudy(target.getAsDouble(), cell.seed(), classes, reader))
            : Optional.empty();
    List<Evaluation> evaluations = new ArrayList<>();
    List<ThresholdResult> thresholds = new ArrayList<>();
    Optional<PartRule> parts = PartRule.ofLayout(cell.data().layout().id());
    Baseline baseline = baseline(cell);
    Optional<DetectorBundle> bundle =
        baseline.trains() ? Optional.of(baseline.bundle(backbone, shots)) : Optional.empty();
    Optional<Calibration> estimate =
        study.flatMap(
            one -> bundle.map(trained -> one.estimate(backbone, trained, cell.toString())));
    try (AnomalyDetector detector =
        bundle.isPresent()
            ? TorchDetector.of(bundle.get(), cell.toString(), backbone)
            : baseline.fit(backbone, shots)) {
      Evaluator evaluator =
          new Evaluator(
              detector, Optional.empty(), Optional.empty(), EvaluationListener.SILENT, reader);
      for (InspectionDataset.Category category : dataset.categories()) {
        Evaluation images = evaluator.run(category);
        Evaluation evaluation = parts.map(images::withParts).orElse(images);
        evaluations.add(evaluation);
        if (study.isPresent()) {
          thresholds.addAll(
              study
                  .get()
                  .results(
                      detector,
                      category,
                      evaluation,
                      estimate,
                      bundle.flatMap(DetectorBundle::scene).map(SceneMemory::limits)));
        }
      }
    }
    ScoresCsv.write(
        folder.resolve(SCORES),
        evaluations.stream().flatMap(one -> one.images().stream()).toList());
    files.deleteCheckpoint();
    return new CellRun(
        CellResult.of(evaluations, thresholds), Duration.ofNanos(System.nanoTime() - start));
  }

  /** The shots of each of a cell's categories. */
  static Map<String, List<Sample>> shots(Cell cell, InspectionDataset dataset) {
    List<Sample> chosen =
        cell.shots() == 0
            ? List.of()
            : ShotSelection.random(cell.shots(), cell.seed()).select(dataset);
    Map<String, List<Sample>> classes = new LinkedHashMap<>();
    for (String name : dataset.categoryNames()) {
      classes.put(name, chosen.stream().filter(sample -> sample.category().equals(name)).toList());
    }
    return classes;
  }
}
