package io.github.anople.cli;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.data.InspectionDataset;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.predict.PictureList;
import io.github.anople.export.ExportCost;
import io.github.anople.export.ExportSettings;
import io.github.anople.export.LayerErrors;
import io.github.anople.export.OnnxExport;
import io.github.anople.export.OnnxPrecision;
import io.github.anople.export.Verification;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.checkpoint.LoadedBackbone;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private static final ImageReader READER = new ImageReader();

  /** Pictures on which the cost of 8 bits is measured, at most. */
  private static final int EXAMPLES = 8;

  /** The formats there are. */
  enum Format {
    ONNX
  }

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "A detector (*.anople).")
  private Path bundle;

  @Option(names = "--format", paramLabel = "onnx", description = "Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("unused") // There is one; the option is there for those that may follow.
  private Format format = Format.ONNX;

  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16|int8",
      description =
          "fp32: the scores of libtorch. fp16: weights of half the size, at the speed of fp32. "
              + "int8: a quarter of the size, and the fastest. Default: fp32.")
  private OnnxPrecision precision = OnnxPrecision.FP32;

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
      names = "--image-threshold",
      paramLabel = "T",
      description =
          "The largest score that is good enough, as the graph's default. Default: the detector's "
              + "own, if it was calibrated.")
  private Float imageThreshold;

  @Option(
      names = "--pixel-threshold",
      paramLabel = "T",
      description = "The same for the values of the map.")
  private Float pixelThreshold;

  @Option(
      names = "--verify",
      paramLabel = "PICTURES",
      arity = "1..*",
      description = "Score these files, folders and patterns with both, and say how far they are.")
  private List<String> pictures = List.of();

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

  @Mixin private TestDataOptions data;

  @Mixin private Output words;

  @Override
  public Integer call() throws InterruptedException {
    // All that can be wrong is said before the backbone is loaded.
    Path target = output == null ? besides(bundle) : output;
    AtomicFile.requireWritable(target);
    List<Path> files = PictureList.expand(pictures, Optional.empty());
    DetectorBundle detector = DetectorBundle.read(bundle);
    List<InspectionDataset.Category> labelled =
        data.given() ? data.read(detector.provenance().classNames()).categories() : List.of();
    ExportSettings settings =
        new ExportSettings(precision, withResize, thresholds(detector), int8Error);
    List<RgbImage> examples = files.stream().limit(EXAMPLES).map(READER::read).toList();
    try (LoadedBackbone loaded =
            BackboneOption.load(Optional.ofNullable(backbone), Precision.FP32, device, words);
        TorchDetector torch = TorchDetector.of(detector, bundle.toString(), loaded)) {
      LayerErrors errors = OnnxExport.write(detector, torch, settings, examples, target);
      // Opening it is a test by itself: it scores its golden image.
      try (OnnxDetector onnx = OnnxDetector.open(target)) {
        Verification verification = compared(torch, onnx, files);
        List<ExportCost> costs = measured(torch, onnx, labelled);
        return new ExportReport(words, settings, target).print(errors, verification, costs);
      }
    }
  }

  private static Path besides(Path bundle) {
    String name = bundle.getFileName().toString().replaceFirst("\\.anople$", "");
    return bundle.resolveSibling(name + ".onnx");
  }

  private Thresholds thresholds(DetectorBundle detector) {
    if (imageThreshold == null && pixelThreshold == null) {
      return detector
          .calibration()
          .map(known -> new Thresholds(known.imageThreshold(), known.pixelThreshold(), true))
          .orElse(Thresholds.NONE);
    }
    if (imageThreshold == null || pixelThreshold == null) {
      throw new InputException(
          "thresholds", "one of them is missing", "give --image-threshold and --pixel-threshold");
    }
    return new Thresholds(imageThreshold, pixelThreshold, true);
  }

  private static Verification compared(TorchDetector torch, OnnxDetector onnx, List<Path> files) {
    Verification verification = Verification.NONE;
    for (Path file : files) {
      verification = verification.with(torch, onnx, List.of(READER.read(file)));
    }
    return verification;
  }

  private List<ExportCost> measured(
      TorchDetector torch, OnnxDetector onnx, List<InspectionDataset.Category> labelled)
      throws InterruptedException {
    int count = labelled.stream().mapToInt(category -> category.test().size()).sum();
    List<ExportCost> costs = new ArrayList<>();
    if (count > 0) {
      try (TestProgress progress = new TestProgress(words, Optional.empty(), 2 * count)) {
        for (InspectionDataset.Category category : labelled) {
          costs.add(ExportCost.measure(torch, onnx, category, progress));
        }
      }
    }
    return costs;
  }
}
