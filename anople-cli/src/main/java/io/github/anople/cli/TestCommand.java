package io.github.anople.cli;

import io.github.anople.app.Testing;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.OnnxOptions;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.MinArea;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.HeatMap;
import io.github.anople.inspect.report.PartRule;
import java.nio.file.Path;
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

  @Parameters(
      index = "0",
      paramLabel = "DETECTOR",
      description = "A detector (*.anople or *.onnx).")
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

  @Mixin private MinAreaOption minArea;

  @Mixin private SceneOption scene;

  @Mixin private PartOptions parts;

  @Mixin private PictureOptions pictures;

  @Mixin private BackboneOption backbone;

  @Mixin private OnnxOptions onnx;

  @Mixin private Output output;

  @Override
  public Integer call() throws InterruptedException {
    Optional<PartRule> rule = parts.rule();
    // All that can be wrong is said before the backbone is loaded.
    MinArea smallest = minArea.area();
    try (DetectorFile detector =
        DetectorFiles.open(bundle, backbone.settings(bundle, onnx, output))) {
      Optional<SceneLimits> limits = scene.limits(detector, output);
      Optional<EvaluationFolder> results =
          results(detector.calibration().map(known -> known.withScene(limits)));
      List<String> classes = detector.provenance().classNames();
      InspectionDataset dataset = data.read(classes);
      sayUnknown(dataset, classes);
      dataset.remarks().faults().forEach(fault -> output.fault(fault.getMessage()));
      List<Evaluation> evaluations;
      try (TestProgress progress = new TestProgress(output, dataset.test().size())) {
        evaluations =
            Testing.run(
                detector,
                detector.threshold().map(own -> own.with(limits)),
                detector.defects().map(own -> own.with(smallest)),
                dataset,
                data.layout(),
                results,
                progress,
                // What there is to say of pictures is among the notes of their category.
                pictures.reader(detector.provenance(), ImageReader.NoteListener.SILENT, output),
                rule);
      }
      return new TestReport(output, Optional.ofNullable(folder)).print(evaluations);
    }
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
