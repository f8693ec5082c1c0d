package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.TextFeatures;
import io.github.anople.inspect.calibrate.ShotFiles;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.HeatMap;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople test}: how good is a detector? */
@Command(
    name = "test",
    description = "Measures a detector on labelled pictures, overall and by kind of defect.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the input is at fault, or a picture or mask could not be read",
      "2:wrong usage",
      "3:an internal fault"
    },
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "A detector (*.anople).")
  private Path bundle;

  @Mixin private TestDataOptions data;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "For report.html, metrics.json, scores.csv, images/, maps/, config.json and shots.txt. "
              + "Default: print the metrics only.")
  private Path folder;

  @Option(names = "--no-overlays", description = "Write no pictures with heat maps.")
  private boolean noOverlays;

  @Option(names = "--no-maps", description = "Write no 16-bit maps.")
  private boolean noMaps;

  @Option(
      names = "--scale-high",
      paramLabel = "V",
      description =
          "The value that heat maps show in their darkest colour. Default: twice the detector's"
              + " threshold of pixels; 0.3 for a detector that was not calibrated.")
  private Float scaleHigh;

  @Mixin private BackboneOption backbone;

  @Mixin private Output output;

  @Override
  public Integer call() throws InterruptedException {
    // All that can be wrong is said before the backbone is loaded.
    DetectorBundle detector = DetectorBundle.read(bundle);
    Optional<EvaluationFolder> results = results(detector.calibration());
    InspectionDataset dataset = data.read(detector.provenance().classNames());
    results.ifPresent(EvaluationFolder::create);
    sayUnknown(dataset, detector.provenance().classNames());
    ObjectNode config = TestConfigJson.of(bundle, detector, data.layout(), dataset);
    List<Evaluation> evaluations = new ArrayList<>();
    Optional<TextFeatures> texts;
    try (LoadedBackbone loaded = backbone.load(output);
        AnomalyDetector opened = TorchDetector.of(detector, bundle.toString(), loaded);
        TestProgress progress = new TestProgress(output, results, dataset.test().size())) {
      config.put("precision", loaded.clip().precision().id());
      for (InspectionDataset.Category category : dataset.categories()) {
        evaluations.add(
            withoutSurprise(detector.provenance(), new Evaluator(opened, progress).run(category)));
      }
      texts = opened.textFeatures();
    }
    List<String> shots = detector.provenance().shots().stream().map(Provenance.Shot::name).toList();
    results.ifPresent(where -> where.finish(evaluations, shots, config, texts));
    return new TestReport(output, Optional.ofNullable(folder)).print(evaluations);
  }

  /** Who tests with shots is to know: the detector has seen them, so all metrics flatter it. */
  private static Evaluation withoutSurprise(Provenance provenance, Evaluation evaluation) {
    List<Path> files = evaluation.images().stream().map(image -> image.sample().image()).toList();
    List<Path> known = ShotFiles.among(provenance, files);
    return known.isEmpty()
        ? evaluation
        : evaluation.withNote(
            "the detector learned from %d of these %d pictures (%s): the metrics flatter it"
                .formatted(known.size(), files.size(), ImageFiles.slashed(known.get(0))));
  }

  private void sayUnknown(InspectionDataset dataset, List<String> classes) {
    for (String category : dataset.categoryNames()) {
      if (!classes.contains(category)) {
        output.info(
            "note: the detector did not learn '%s', it knows %s"
                .formatted(category, String.join(", ", classes)));
      }
    }
  }

  private Optional<EvaluationFolder> results(Optional<Calibration> calibration) {
    HeatMap scale =
        scaleHigh == null ? ResultFolder.scale(calibration) : ResultFolder.scale(scaleHigh);
    return Optional.ofNullable(folder)
        .map(
            name ->
                new ResultFolder(name, noOverlays ? Optional.empty() : Optional.of(scale), !noMaps))
        .map(results -> new EvaluationFolder(results, calibration));
  }
}
