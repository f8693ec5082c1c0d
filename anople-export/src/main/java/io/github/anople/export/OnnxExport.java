package io.github.anople.export;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.DetectorBundle.GoldenImage;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.model.FrozenDetector;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Writes a detector as one ONNX graph. */
public final class OnnxExport {

  private OnnxExport() {}

  /**
   * Exports a detector.
   *
   * @param bundle the detector
   * @param detector the same, opened on its backbone in fp32
   * @param settings what the graph is to be
   * @param target the file, replaced if it is there
   */
  public static void write(
      DetectorBundle bundle, TorchDetector detector, ExportSettings settings, Path target) {
    FrozenDetector frozen = detector.freeze();
    Weights weights = new Weights(frozen.config(), frozen.weights());
    OnnxGraph graph =
        new DetectionGraph(frozen, weights, products(weights, settings.precision()))
            .build(settings.withResize(), settings.thresholds());
    OnnxMetadata metadata =
        new OnnxMetadata(
            settings.precision().id(),
            detector.imageSize(),
            settings.thresholds(),
            bundle.provenance(),
            TorchRuntime.programVersion(),
            golden(bundle, detector));
    OnnxFile.write(target, graph, TorchRuntime.programVersion(), metadata.toProperties());
  }

  private static Products products(Weights weights, OnnxPrecision precision) {
    return switch (precision) {
      case FP32 -> new FloatProducts(weights, DType.F32);
      case FP16 -> new FloatProducts(weights, DType.F16);
      case INT8 -> new ByteProducts(weights, Set.of());
    };
  }

  /** The golden image with the score of this libtorch: the bundle's may be of another format. */
  private static Optional<GoldenImage> golden(DetectorBundle bundle, TorchDetector detector) {
    return bundle
        .goldenImage()
        .map(
            golden ->
                new GoldenImage(
                    golden.png(),
                    detector.detect(new ImageReader().read(golden.png(), "golden image")).score()));
  }
}
