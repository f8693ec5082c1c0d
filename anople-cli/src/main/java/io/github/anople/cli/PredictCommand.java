package io.github.anople.cli;

import io.github.anople.console.BackboneOption;
import io.github.anople.console.ExitCode;
import io.github.anople.console.OnnxOptions;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.MinArea;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.predict.FolderWatch;
import io.github.anople.inspect.predict.ImageList;
import io.github.anople.inspect.predict.PredictionSettings;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.predict.Predictor;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.predict.WatchSettings;
import io.github.anople.inspect.report.HeatMap;
import io.github.anople.inspect.report.Part;
import io.github.anople.inspect.report.PartRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anople predict}: how anomalous are these pictures, and where? */
@Command(
    name = "predict",
    description = "Scores pictures with a detector, once or as they are dropped into a folder.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the input is at fault, or a picture could not be scored",
      "2:wrong usage",
      "3:an internal fault",
      "4:with --fail-on-anomaly, a picture is NOT OK, and all could be scored",
      "5:with --fail-on-anomaly, none is NOT OK but one UNCERTAIN or a part INCOMPLETE, and all "
          + "could be scored"
    },
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

  static final int ANOMALY = 4;
  static final int DOUBT = 5;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "A detector (*.anople or *.onnx).")
  private Path bundle;

  @Parameters(
      index = "1..*",
      paramLabel = "PICTURES",
      description = "Files, folders, and patterns such as 'new/**/*.png'.")
  private List<String> images = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "For scores.csv, results.json, images/ and maps/. Default: print the scores.")
  private Path folder;

  @Option(
      names = "--watch",
      paramLabel = "DIR",
      description =
          "Score pictures as they are dropped into this folder, each once, until Ctrl-C. Needs "
              + "--output, which remembers them.")
  private Path watched;

  @Mixin private BackboneOption backbone;

  @Mixin private OnnxOptions onnx;

  @Option(names = "--no-overlays", description = "Write no pictures with heat maps.")
  private boolean noOverlays;

  @Option(names = "--no-maps", description = "Write no 16-bit maps.")
  private boolean noMaps;

  @Option(
      names = "--scale-high",
      paramLabel = "V",
      description =
          "Colour heat maps from 0 to this value. Default: from the level of usual good parts to "
              + "twice the detector's threshold of pixels; 0.3 where it has none.")
  private Float scaleHigh;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description =
          "A picture with a score above this is NOT OK. Default: the detector's own threshold.")
  private Float threshold;

  @Option(
      names = "--uncertain-threshold",
      paramLabel = "U",
      description =
          "With --threshold T: a picture with a score above this, but not above T, is UNCERTAIN.")
  private Float uncertainThreshold;

  @Option(
      names = "--pixel-threshold",
      paramLabel = "T",
      description =
          "Where the map is above this, a box is drawn. Default: the detector's own threshold of "
              + "pixels. Verdicts do not depend on it.")
  private Float pixelThreshold;

  @Mixin private MinAreaOption minArea;

  @Mixin private SceneOption scene;

  @Mixin private PartOptions parts;

  @Mixin private PictureOptions pictures;

  @Option(
      names = "--fail-on-anomaly",
      description =
          "Exit with 4 if a picture is NOT OK, else with 5 if one is UNCERTAIN or a part "
              + "INCOMPLETE.")
  private boolean failOnAnomaly;

  @Mixin private Output output;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    checkUsage();
    Optional<PartRule> rule = parts.rule();
    // All that can be wrong is said before the backbone is loaded.
    MinArea smallest = minArea.area();
    ImageList.Found files = ImageList.expand(images, Optional.ofNullable(folder));
    try (DetectorFile opened =
        DetectorFiles.open(bundle, backbone.settings(bundle, onnx, output))) {
      Optional<ResultFolder> results = results(opened.calibration());
      PredictionSettings alone =
          new PredictionSettings(
              String.join(", ", opened.provenance().classNames()),
              threshold(opened),
              // The report has the notes of each picture, in order.
              pictures.reader(opened.provenance(), ImageReader.NoteListener.SILENT, output),
              defects(opened, smallest),
              opened.drift());
      PredictionSettings settings = rule.map(alone::with).orElse(alone);
      try (PredictReport report = new PredictReport(output, results, files.images().size())) {
        if (watched != null) {
          return watch(opened.detector(), settings, results.orElseThrow(), report);
        }
        return all(files, new Predictor(opened.detector(), settings, results, report), report);
      }
    }
  }

  private void checkUsage() {
    if (images.isEmpty() == (watched == null)) {
      throw usage("give either PICTURES or --watch DIR");
    }
    if (watched != null && folder == null) {
      throw usage("--watch needs --output DIR, where it remembers what is done");
    }
    if (uncertainThreshold != null && threshold == null) {
      throw usage("--uncertain-threshold U needs --threshold T, the higher of the two");
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }

  private Optional<ResultFolder> results(Optional<Calibration> calibration) {
    Optional<HeatMap> scale = noOverlays ? Optional.empty() : Optional.of(scale(calibration));
    return Optional.ofNullable(folder).map(name -> new ResultFolder(name, scale, !noMaps));
  }

  private HeatMap scale(Optional<Calibration> calibration) {
    return scaleHigh == null ? ResultFolder.scale(calibration) : ResultFolder.scale(scaleHigh);
  }

  private Optional<Threshold> threshold(DetectorFile detector) {
    if (threshold != null) {
      Threshold chosen = Threshold.manual(threshold, Optional.ofNullable(uncertainThreshold));
      if (chosen.uncertain().isEmpty()
          && detector.threshold().flatMap(Threshold::uncertain).isPresent()) {
        output.info(
            "one threshold by hand: nothing is UNCERTAIN, unless you give --uncertain-threshold U");
      }
      return Optional.of(chosen.with(scene.limitsOrNote(detector, output)));
    }
    if (failOnAnomaly && detector.threshold().isEmpty()) {
      throw new InputException(
          bundle,
          "has no threshold",
          "give --threshold T, or run 'anople calibrate' first (and 'anople export' again after it)");
    }
    detector
        .calibration()
        .ifPresent(
            known ->
                output.info(
                    "threshold %s%s: %s"
                        .formatted(
                            known.imageThreshold(),
                            known
                                .uncertain()
                                .map(lower -> ", uncertain above " + lower.threshold())
                                .orElse(""),
                            known.statement())));
    return detector.threshold().map(own -> own.with(scene.limitsOrNote(detector, output)));
  }

  private Optional<DefectRule> defects(DetectorFile detector, MinArea smallest) {
    Optional<DefectRule> rule =
        pixelThreshold == null
            ? detector.defects()
            : Optional.of(DefectRule.manual(pixelThreshold).within(detector.detector().region()));
    return rule.map(one -> one.with(smallest));
  }

  /** Who stops it gets the pictures in work finished, and the tables of all that are done. */
  private int all(ImageList.Found files, Predictor predictor, PredictReport report)
      throws InterruptedException {
    AtomicBoolean goesOn = new AtomicBoolean(true);
    StopOnExit ending = new StopOnExit(() -> goesOn.set(false));
    try {
      Predictions predictions = predictor.run(files, goesOn::get);
      int all = files.images().size() + files.faults().size();
      int done = predictions.scored().size() + predictions.failed().size();
      if (done < all) {
        output.fault(
            "stopped: %d of %s not scored".formatted(all - done, Words.count(all, "picture")));
      }
      return finished(report, predictions);
    } finally {
      ending.finished();
    }
  }

  private int watch(
      AnomalyDetector detector,
      PredictionSettings settings,
      ResultFolder results,
      PredictReport report) {
    FolderWatch.Plan plan =
        new FolderWatch.Plan(
            watched, Sha256.of(bundle), results, settings, WatchSettings.standard());
    FolderWatch watch = new FolderWatch(detector, plan, report);
    output.info("watching " + watched + "; Ctrl-C ends it");
    StopOnExit ending = new StopOnExit(watch::stop);
    try {
      // Before the process may end, which an interrupted one does at once.
      return finished(report, watch.run());
    } finally {
      ending.finished();
    }
  }

  private int finished(PredictReport report, Predictions predictions) {
    report.finished(predictions);
    // A picture that nobody judged is worse than one that is known to be bad.
    if (!predictions.failed().isEmpty()) {
      return ExitCode.INPUT_FAULT;
    }
    if (failOnAnomaly && predictions.rejected() > 0) {
      return ANOMALY;
    }
    boolean doubt =
        predictions.uncertain() > 0 || predictions.parts().stream().anyMatch(Part::incomplete);
    return failOnAnomaly && doubt ? DOUBT : 0;
  }
}
