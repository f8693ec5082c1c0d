package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;

import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.onnx.OnnxImages;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.model.FrozenDetector;
import io.github.anople.torch.model.FrozenRegion;
import io.github.anople.torch.scene.SceneLook;
import io.github.anople.torch.scene.SceneSight;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of detection as one graph, the twin of {@code torch.model.DetectionStep}: picture →
 * encode → decode + memory → fuse → score, map and verdicts.
 */
final class DetectionGraph {

  /** The inputs that decide, each with a default. */
  static final String IMAGE_THRESHOLD = "image_threshold";

  static final String PIXEL_THRESHOLD = "pixel_threshold";

  static final String SCENE_LIMITS = "scene_limits";

  private static final int LEVELS = 255;

  private final FrozenDetector detector;
  private final Weights weights;
  private final Products products;
  private final OnnxGraph graph = new OnnxGraph("anople");
  private final int side;

  DetectionGraph(FrozenDetector detector, Weights weights, Products products) {
    this.detector = detector;
    this.weights = weights;
    this.products = products;
    this.side = detector.config().vision().imageSize();
  }

  /**
   * Builds the graph.
   *
   * @param settings of which the type of the pictures and the defaults of the thresholds are read,
   *     and whether the graph takes pictures of any size
   * @param limits defaults of the scene check's limits; empty to build the graph without a check
   * @return inputs {@code image}, {@code image_threshold}, {@code pixel_threshold}, and {@code
   *     image_N} for each further size N at which an encoder looks, unless the graph resizes;
   *     outputs {@code score}, {@code map}, {@code is_anomaly}, {@code mask}. With a scene check a
   *     further input {@code scene_limits} and a further output {@code scene}, and what exceeds a
   *     limit is an anomaly
   */
  OnnxGraph build(ExportSettings settings, Optional<SceneLimits> limits) {
    OnnxMetadata.Thresholds thresholds = settings.thresholds();
    PlacesGraph places = new PlacesGraph(detector.looking().places(), graph.room("places"), side);
    Map<Integer, String> numbers =
        new PictureGraph(
                graph, sizes(detector), detector.region().map(FrozenRegion::region), settings)
            .numbers();
    String images = places.copies(normalized(numbers.get(side)));
    Optional<SharedTrunk> trunk =
        limits.flatMap(decided -> detector.scene()).map(look -> trunk(look, numbers.get(side)));
    TowerGraph.Seen seen =
        new TowerGraph(detector, weights, products, graph.room("clip.vision")).encode(images);
    String probability = places.mean("probability", imageProbability(seen.image()));
    String decoded =
        new DecoderGraph(detector, weights, products, graph.room("decoder"))
            .probability(seen.patches());
    String pixels = counted("pixels", places.meanMap("pixels", decoded));
    String combined = combined(pixels, seen, places, numbers, trunk);
    GraphScope fuse = graph.room("fuse.score");
    String worst = worst(fuse, combined);
    output(
        "score",
        DType.F32,
        new FusionGraph(fuse, detector.looking().fusion())
            .score(probability, worst, detector.memory().isEmpty() ? 1 : 0.5),
        "batch");
    String side = Integer.toString(this.side);
    output("map", DType.F32, blurred(combined), "batch", side, side);
    imageVerdict(thresholds.image(), trunk, limits);
    verdict("mask", "map", PIXEL_THRESHOLD, thresholds.pixel(), "batch", side, side);
    return graph;
  }

  /** The input that says which tile an image is, of a memory that tells places apart. */
  private Optional<String> place() {
    return detector
        .looking()
        .tiles()
        .filter(Tiling::byPlace)
        .map(tiling -> graph.input(OnnxImages.PLACE, DType.I64, "batch"));
  }

  /** M_q, {@code [images, S, S]}, 0 where ignored. */
  private String combined(
      String pixels,
      TowerGraph.Seen seen,
      PlacesGraph places,
      Map<Integer, String> numbers,
      Optional<SharedTrunk> trunk) {
    if (detector.memory().isEmpty()) {
      return pixels;
    }
    String distance =
        new MemoryGraph(detector, products, graph, trunk, place()).distance(seen, places, numbers);
    String fused =
        new FusionGraph(graph.room("fuse.map"), detector.looking().fusion()).map(pixels, distance);
    return detector
        .region()
        .map(some -> CountedMaps.times(graph.room("fuse.map"), "counted", fused, some.pixels()))
        .orElse(fused);
  }

  /** The mean of a map over copies, of which some may not tell of a pixel that counts. */
  private String counted(String part, String mean) {
    return detector
        .region()
        .map(
            some ->
                CountedMaps.times(
                    graph.room("counted." + part), "mean", mean, some.fine().ofMean()))
        .orElse(mean);
  }

  /** The trunk as the scene check and, where it can, the memory sees with it. */
  private SharedTrunk trunk(SceneLook look, String numbers) {
    GraphScope room = graph.room("trunk");
    String plain = room.node("Mul", "images", List.of(numbers, room.number("level", 1.0 / LEVELS)));
    return new SharedTrunk(
        plain, new TrunkGraph(deepest(), look.sight().weights(), room).blocks(plain));
  }

  /** Settings of the trunk as far as anything in the graph needs it. */
  private TrunkSettings deepest() {
    TrunkSettings deepest = SceneSight.patches(side); // deeper than its early blocks
    for (PatchEncoder one : detector.encoders()) {
      if (one instanceof TrunkEncoder memory
          && memory.settings().lastBlock() > deepest.lastBlock()) {
        deepest = memory.settings();
      }
    }
    return deepest;
  }

  /** Whether a picture is NOT OK: by its score, or since it is unlike the product. */
  private void imageVerdict(
      float threshold, Optional<SharedTrunk> trunk, Optional<SceneLimits> limits) {
    if (trunk.isEmpty()) {
      verdict("is_anomaly", "score", IMAGE_THRESHOLD, threshold, "batch");
      return;
    }
    GraphScope room = graph.room("scene");
    String measures =
        new SceneGraph(detector.scene().orElseThrow(), room, side)
            .measures(trunk.get().images(), trunk.get().blocks());
    output("scene", DType.F32, measures, "batch", Integer.toString(Scene.SIZE));
    String input = graph.optionalInput(SCENE_LIMITS, limits.orElseThrow().values());
    String beyond = room.node("Sub", "beyond", List.of("scene", input));
    String most =
        room.node(
            "ReduceMax",
            "most_beyond",
            List.of(beyond, room.integers("measure_axis", 1)),
            integer("keepdims", 0));
    String unlike = room.node("Greater", "unlike", List.of(most, room.number("none", 0)));
    String least = graph.optionalInput(IMAGE_THRESHOLD, threshold);
    String above = room.node("Greater", "above", List.of("score", least));
    graph.node("Or", "decide.is_anomaly", List.of(above, unlike), List.of("is_anomaly"));
    graph.output("is_anomaly", DType.BOOL, "batch");
  }

  /** {@code [images, S, S]} to {@code [images]}, by the image score's rule. */
  private String worst(GraphScope fuse, String map) {
    if (detector.looking().imageScore() == ImageScore.MAX) {
      return fuse.node(
          "ReduceMax",
          "worst_pixel",
          List.of(map, fuse.integers("pixel_axes", 1, 2)),
          integer("keepdims", 0));
    }
    String flat = fuse.node("Reshape", "pixels", List.of(map, fuse.integers("flat", 0, -1)));
    long pixels = detector.region().map(FrozenRegion::counted).orElse((long) side * side);
    long highest = ImageScore.highest(pixels);
    List<String> top =
        fuse.nodes(
            "TopK",
            "top",
            List.of(flat, fuse.integers("highest", highest)),
            List.of("values", "places"),
            integer("axis", 1));
    return fuse.node(
        "ReduceMean",
        "worst_pixels",
        List.of(top.get(0), fuse.integers("pixel_axis", 1)),
        integer("keepdims", 0));
  }

  /** The sizes at which a detector looks at an image. */
  static InputSizes sizes(FrozenDetector detector) {
    return InputSizes.of(
        detector.config().vision().imageSize(),
        detector.encoders().stream().map(PatchEncoder::imageSize).toList());
  }

  /** As the backbone wants them. */
  private String normalized(String numbers) {
    GraphScope room = graph.room("image");
    ClipNormalization normalization = detector.config().normalization();
    float[] factor = new float[3];
    float[] offset = new float[3];
    for (int band = 0; band < 3; band++) {
      factor[band] = (float) (1 / (LEVELS * normalization.deviation().get(band)));
      offset[band] =
          (float) (-normalization.mean().get(band) / normalization.deviation().get(band));
    }
    String scaled = room.node("Mul", "scaled", List.of(numbers, channels(room, "factor", factor)));
    return room.node("Add", "normalized", List.of(scaled, channels(room, "offset", offset)));
  }

  private static String channels(GraphScope room, String part, float[] values) {
    return room.floats(part, new FloatTensor(List.of(1L, 3L, 1L, 1L), values));
  }

  /** p̂, {@code [images]}. */
  private String imageProbability(String image) {
    GraphScope room = graph.room("texts");
    String feature = Formulas.normalize(room, image);
    String cosines =
        room.node("MatMul", "cosines", List.of(feature, TextGraph.difference(room, detector)));
    String abnormal =
        room.node("Sigmoid", "abnormal", List.of(TextGraph.scaled(room, detector, cosines)));
    return room.node("Squeeze", "probability", List.of(abnormal, room.integers("channel", 1)));
  }

  /** K · M · Kᵀ. */
  private String blurred(String maps) {
    GraphScope room = graph.room("blur");
    String rows =
        room.node("MatMul", "rows", List.of(room.floats("matrix", detector.blur()), maps));
    String columns = room.floats("matrix_transposed", Weights.transposed(detector.blur()));
    String blurred = room.node("MatMul", "columns", List.of(rows, columns));
    return detector
        .region()
        .map(some -> CountedMaps.times(room, "counted", blurred, some.blurShare()))
        .orElse(blurred);
  }

  private void output(String name, DType type, String value, String... dimensions) {
    graph.node("Identity", "output." + name, List.of(value), List.of(name));
    graph.output(name, type, dimensions);
  }

  /** Whether a value is above a threshold, which the caller may set. */
  private void verdict(
      String name, String value, String threshold, float standard, String... dimensions) {
    String input = graph.optionalInput(threshold, standard);
    graph.node("Greater", "decide." + name, List.of(value, input), List.of(name));
    graph.output(name, DType.BOOL, dimensions);
  }
}
