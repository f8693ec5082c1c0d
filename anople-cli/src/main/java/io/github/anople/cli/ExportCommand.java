package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.predict.PictureList;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople export}: a detector as one ONNX graph. */
@Command(
    name = "export",
    description = "Writes a detector as one ONNX graph, which needs no backbone and no libtorch.",
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

  @Mixin private Output words;

  @Override
  public Integer call() throws IOException {
    // All that can be wrong is said before the backbone is loaded.
    Path target = output == null ? besides(bundle) : output;
    AtomicFile.requireWritable(target);
    List<Path> files = PictureList.expand(pictures, Optional.empty());
    DetectorBundle detector = DetectorBundle.read(bundle);
    ExportSettings settings =
        new ExportSettings(precision, withResize, thresholds(detector), int8Error);
    List<RgbImage> examples = files.stream().limit(EXAMPLES).map(READER::read).toList();
    Verification verification;
    LayerErrors errors;
    try (LoadedBackbone loaded =
            LoadedBackbone.open(
                BackboneOption.checkpoint(Optional.ofNullable(backbone)), Precision.FP32);
        TorchDetector torch = TorchDetector.of(detector, bundle.toString(), loaded)) {
      errors = OnnxExport.write(detector, torch, settings, examples, target);
      // Opening it is a test by itself: it scores its golden image.
      try (OnnxDetector onnx = OnnxDetector.open(target)) {
        verification = compared(torch, onnx, files);
      }
    }
    report(target, verification, errors);
    return 0;
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

  private void report(Path target, Verification verification, LayerErrors errors)
      throws IOException {
    long bytes = Files.size(target);
    if (words.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("model", target.toString());
      json.put("format", format.name().toLowerCase(Locale.ROOT));
      json.put("precision", precision.id()).put("bytes", bytes);
      ObjectNode layers = json.putObject("int8_errors");
      errors.byLayer().forEach(layers::put);
      ArrayNode floating = json.putArray("float_layers");
      errors.floating().forEach(floating::add);
      json.put("verified_pictures", verification.pictures());
      json.put("largest_score_difference", verification.score());
      json.put("largest_map_difference", verification.map());
      words.result().println(json.toPrettyString());
      return;
    }
    words.result().println(target);
    words.info(String.format(Locale.ROOT, "%s, %.1f MB", precision.id(), bytes / 1e6));
    if (precision == OnnxPrecision.INT8) {
      words.info(
          String.format(
              Locale.ROOT,
              "%d of %d layers lose more than %.3g of their output in 8 bits and stay in floating "
                  + "point: %s",
              errors.floating().size(),
              errors.byLayer().size(),
              int8Error,
              String.join(", ", errors.floating())));
    }
    if (verification.pictures() > 0) {
      words.info(
          String.format(
              Locale.ROOT,
              "largest difference from libtorch in fp32 over %d pictures: score %.2g, map %.2g",
              verification.pictures(),
              verification.score(),
              verification.map()));
    }
  }
}
