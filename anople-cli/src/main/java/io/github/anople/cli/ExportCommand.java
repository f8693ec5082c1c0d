package io.github.anople.cli;

import io.github.anople.app.Exporting;
import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.DeviceOption;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.predict.ImageList;
import io.github.anople.onnx.OnnxInput;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople export}: a detector as one ONNX graph. */
@Command(
    name = "export",
    description = {
      "Writes a detector as one ONNX graph, which needs no backbone and no libtorch.",
      "With labelled pictures (--data mvtec --root DIR, or --test-good and --test-bad) it also says"
          + " what the export costs: image and pixel AUROC of libtorch in fp32 and of the graph."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "A detector (*.anople).")
  private Path bundle;

  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16|int8",
      description =
          "fp32: the scores of libtorch. fp16: weights of half the size, at the speed of fp32. "
              + "int8: a quarter of the size, and the fastest. Default: fp32.")
  private OnnxPrecision precision = OnnxPrecision.FP32;

  @Option(
      names = "--input",
      paramLabel = "uint8|float",
      description =
          "The type of the graph's pictures. float: the same samples, 0 to 255, for engines that "
              + "know no uint8; scores are the same. Default: uint8.")
  private OnnxInput input = OnnxInput.UINT8;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The graph. Default: the detector's name with .onnx.")
  private Path output;

  @Option(
      names = "--with-resize",
      description = "The graph takes pictures of any size and resizes them itself.")
  private boolean withResize;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description =
          "The largest score that is good enough, as the graph's default. Default: the detector's "
              + "own, if it was calibrated.")
  private Float threshold;

  @Option(
      names = "--uncertain-threshold",
      paramLabel = "U",
      description =
          "With --threshold T, a second, lower one for whoever reads the graph's metadata: what "
              + "exceeds it, but not T, is UNCERTAIN.")
  private Float uncertainThreshold;

  @Option(
      names = "--pixel-threshold",
      paramLabel = "T",
      description = "The same for the values of the map.")
  private Float pixelThreshold;

  @Option(
      names = "--verify",
      paramLabel = "PICTURES",
      arity = "1..*",
      description =
          "Score these files, folders and patterns with both, and say how far apart they are.")
  private List<String> images = List.of();

  @Option(
      names = "--int8-error",
      paramLabel = "E",
      description =
          "Layers that lose more than this part of their output in 8 bits stay in floating point. "
              + "Default: ${DEFAULT-VALUE}.")
  private double int8Error = ExportSettings.INT8_ERROR;

  @Option(
      names = "--backbone",
      paramLabel = "NAME|DIR",
      description = "The backbone that it was trained on. Default: as for train.")
  private String backbone;

  @Mixin private DeviceOption device;

  @Mixin private PictureOptions pictures;

  @Mixin private TestDataOptions data;

  @Mixin private Output words;

  @Override
  public Integer call() throws InterruptedException {
    // All that can be wrong is said before the backbone is loaded.
    Path target = output == null ? besides(bundle) : output;
    requireGraphName(target);
    AtomicFile.requireWritable(target);
    if (!(int8Error >= 0)) {
      throw new InputException("--int8-error", "is " + int8Error, "give a number from 0");
    }
    ImageList.Found files = ImageList.expand(images, Optional.empty());
    files.faults().forEach(fault -> words.fault(fault.getMessage()));
    DetectorBundle detector = DetectorBundle.read(bundle);
    List<InspectionDataset.Category> labelled =
        data.given() ? data.read(detector.provenance().classNames()).categories() : List.of();
    ExportSettings settings =
        new ExportSettings(precision, withResize, thresholds(detector), int8Error, input);
    int tests = labelled.stream().mapToInt(category -> category.test().size()).sum();
    try (TestProgress progress = new TestProgress(words, 2 * tests)) {
      Exporting export =
          new Exporting(
              settings,
              files.images(),
              labelled,
              progress,
              pictures.reader(detector.provenance(), ImageReader.NoteListener.SILENT, words));
      List<RgbImage> examples = export.examples();
      Exporting.Result result;
      try (LoadedBackbone loaded =
          BackboneOption.load(Optional.ofNullable(backbone), Precision.FP32, device, words)) {
        result = export.run(detector, bundle.toString(), loaded, examples, target);
      }
      return new ExportReport(words, settings, target)
          .print(result.errors(), result.verification(), result.costs());
    }
  }

  /** The name tells predict what the file is; and so it cannot be the detector's. */
  private void requireGraphName(Path target) {
    if (!DetectorBundle.isNamedAsGraph(target)) {
      throw new InputException(
          target,
          "does not end in .onnx",
          "give it that ending: predict recognises a graph by its name");
    }
  }

  private static Path besides(Path bundle) {
    String name = bundle.getFileName().toString().replaceFirst("\\.anople$", "");
    return bundle.resolveSibling(name + ".onnx");
  }

  private Thresholds thresholds(DetectorBundle detector) {
    if (uncertainThreshold != null && threshold == null) {
      throw new InputException(
          "--uncertain-threshold", "needs --threshold, the higher of the two", "give both");
    }
    if (threshold == null && pixelThreshold == null) {
      return detector.calibration().map(Thresholds::of).orElse(Thresholds.NONE);
    }
    Optional<Calibration> known = detector.calibration();
    float image = chosen("--threshold", threshold, known.map(Calibration::imageThreshold));
    return Thresholds.chosen(
        image,
        chosen("--pixel-threshold", pixelThreshold, known.map(Calibration::pixelThreshold)),
        threshold == null
            ? known.flatMap(Calibration::uncertain).map(Uncertain::threshold)
            : Threshold.manual(image, Optional.ofNullable(uncertainThreshold)).uncertain());
  }

  /** What was given, else the detector's own. */
  private static float chosen(String option, Float given, Optional<Float> own) {
    if (given == null) {
      return own.orElseThrow(
          () ->
              new InputException(
                  option,
                  "is missing, and the detector is not calibrated",
                  "give both thresholds, or run 'anople calibrate' first"));
    }
    if (!(given >= 0 && given <= 1)) {
      throw new InputException(option, "is " + given, "choose a score from 0 to 1");
    }
    return given;
  }
}
