package io.github.anople.app.export;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.ProgramVersion;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.detect.TileCut;
import io.github.anople.core.detect.TileGrid;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.model.FrozenDetector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a detector as one ONNX graph. */
public final class OnnxExport {

  private OnnxExport() {}

  private static final String DETECTOR = "detector";

  /** Of each example's tiles, those on which the cost of 8 bits is measured. */
  private static final int EXAMPLE_TILES = 4;

  /**
   * Exports a detector.
   *
   * @param bundle the detector
   * @param detector the same, opened on its backbone in fp32
   * @param settings what the graph is to be
   * @param examples pictures on which the cost of 8 bits is measured, besides the golden image
   * @param target the file, replaced if it is there; weights over 2 GB go to a file beside it
   * @return what 8 bits cost each map; empty for other precisions
   */
  public static LayerErrors write(
      DetectorBundle bundle,
      TorchDetector detector,
      ExportSettings settings,
      List<RgbImage> examples,
      Path target) {
    return write(bundle, detector, settings, examples, target, OnnxFile.LARGEST);
  }

  /** The same with another size, above which the weights go to a file beside the graph. */
  static LayerErrors write(
      DetectorBundle bundle,
      TorchDetector detector,
      ExportSettings settings,
      List<RgbImage> examples,
      Path target,
      long largest) {
    FrozenDetector frozen = detector.freeze();
    Weights weights = new Weights(frozen);
    LayerErrors errors =
        settings.precision() == OnnxPrecision.INT8
            ? LayerErrors.measure(
                frozen,
                weights,
                images(bundle, tiles(bundle, examples, frozen.looking().tiles()), target),
                settings.int8Error(),
                target,
                largest)
            : LayerErrors.NONE;
    Products products =
        switch (settings.precision()) {
          case FP32 -> new FloatProducts(weights, DType.F32);
          case FP16 -> new FloatProducts(weights, DType.F16);
          case INT8 -> ByteProducts.but(weights, errors.floating());
        };
    OnnxMetadata metadata =
        new OnnxMetadata(
            settings.precision().id(),
            detector.imageSize(),
            settings.thresholds(),
            bundle.provenance(),
            ProgramVersion.current(),
            golden(bundle, detector),
            DetectionGraph.sizes(frozen).others(),
            bundle.scene().map(SceneMemory::limits),
            bundle.region(),
            bundle.drift(),
            frozen.looking().tiles());
    OnnxGraph graph =
        new DetectionGraph(frozen, weights, products).build(settings, metadata.sceneLimits());
    OnnxFile.write(target, graph, ProgramVersion.current(), metadata.toProperties(), largest);
    return errors;
  }

  private static List<RgbImage> images(
      DetectorBundle bundle, List<RgbImage> examples, Path target) {
    List<RgbImage> images = new ArrayList<>(examples);
    bundle.goldenImage().ifPresent(golden -> images.add(golden.image(DETECTOR)));
    if (images.isEmpty()) {
      throw new InputException(
              target,
              "cannot be made in 8 bits: the detector has no golden image to measure them on",
              "give pictures to measure them on")
          .about(Topic.EXAMPLES);
    }
    return images;
  }

  /** The golden image with the score of this libtorch: the bundle's may be of another format. */
  private static Optional<GoldenImage> golden(DetectorBundle bundle, TorchDetector detector) {
    return bundle
        .goldenImage()
        .map(golden -> new GoldenImage(golden.png(), score(detector, golden.image(DETECTOR))));
  }

  private static double score(TorchDetector detector, RgbImage image) {
    return detector.freeze().looking().tiles().isPresent()
        ? detector.scoreOfTile(image)
        : detector.detect(image).score();
  }

  /** What the graph looks at: of each picture some tiles from all over it. */
  private static List<RgbImage> tiles(
      DetectorBundle bundle, List<RgbImage> examples, Optional<Tiling> tiling) {
    if (tiling.isEmpty()) {
      return examples;
    }
    List<RgbImage> tiles = new ArrayList<>();
    for (RgbImage example : examples) {
      RgbImage seen = bundle.region().map(some -> some.fill(example)).orElse(example);
      TileGrid grid = tiling.get().of(example.width(), example.height());
      int count = Math.min(EXAMPLE_TILES, grid.count());
      for (int i = 0; i < count; i++) {
        int tile = (int) ((2L * i + 1) * grid.count() / (2L * count));
        tiles.add(TileCut.cut(seen, grid, tile));
      }
    }
    return tiles;
  }
}
