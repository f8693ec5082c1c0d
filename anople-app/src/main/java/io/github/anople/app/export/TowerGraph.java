package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import io.github.anople.core.image.ClipNormalization;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import io.github.anople.torch.model.FrozenDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The image tower with its prompts, the twin of {@code torch.clip.VisionEncoder}. */
final class TowerGraph {

  private final FrozenDetector detector;
  private final ClipConfig.Vision vision;
  private final Weights weights;
  private final Products products;
  private final GraphScope room;

  TowerGraph(FrozenDetector detector, Weights weights, Products products, GraphScope room) {
    this.detector = detector;
    this.vision = detector.config().vision();
    this.weights = weights;
    this.products = products;
    this.room = room;
  }

  /**
   * What the tower makes of a batch.
   *
   * @param image {@code [images, d]}, not normalised
   * @param patches {@code [images, n, d_v]}, patch rows of the last layer after {@code ln_post}
   * @param layers patch rows after each of the memory's layers, {@code [images, n, d_v]}
   */
  record Seen(String image, String patches, Map<Integer, String> layers) {}

  /** Adds the tower. The images are {@code [images, 3, S, S]}, normalised. */
  Seen encode(String images) {
    String batch =
        room.node("Shape", "batch", List.of(images), integer("start", 0), integer("end", 1));
    String first = rows("class_row", classRow(), batch);
    String patches = withStem(room, patchRows(images), images, 0);
    String x = concat(room, "embedded", withPrompts(List.of(first, patches), 0, batch));
    x = norm(room.room("ln_pre"), x, "visual.ln_pre");
    BlockGraph block = new BlockGraph(detector.config(), weights, products);
    Map<Integer, String> tapped = new TreeMap<>();
    for (int layer = 0; layer < vision.layers(); layer++) {
      GraphScope place = room.room("layer" + (layer + 1));
      if (layer > 0 && layer < detector.prompts().size()) {
        String kept = slice(place, "kept", x, 0, 1 + vision.patches());
        x = concat(place, "prompted", withPrompts(List.of(kept), layer, batch));
      }
      x = block.apply(place, x, "visual.transformer.resblocks." + layer);
      x = withStem(place, x, images, layer + 1);
      if (detector.looking().memoryLayers().contains(layer + 1)) {
        tapped.put(layer + 1, patchesOf(place, x));
      }
    }
    return new Seen(
        image(x), norm(room.room("ln_post"), patchesOf(room, x), "visual.ln_post"), tapped);
  }

  /** The class embedding, its position added: {@code [1, 1, d_v]}. */
  private FloatTensor classRow() {
    float[] row = weights.get("visual.class_embedding").values().clone();
    float[] positions = weights.get("visual.positional_embedding").values();
    for (int i = 0; i < row.length; i++) {
      row[i] += positions[i];
    }
    return new FloatTensor(List.of(1L, 1L, (long) row.length), row);
  }

  /** Patch embeddings with their positions, {@code [images, n, d_v]}. */
  private String patchRows(String images) {
    int patch = vision.patchSize();
    long width = vision.width();
    String kernels = stored("patch_weight", weights.get("visual.conv1.weight"));
    String grid =
        room.node(
            "Conv",
            "patch_grid",
            List.of(images, kernels),
            integers("strides", patch, patch),
            integers("kernel_shape", patch, patch));
    String flat =
        room.node("Reshape", "patch_columns", List.of(grid, room.integers("flat", 0, width, -1)));
    String rows = room.node("Transpose", "patch_rows", List.of(flat), integers("perm", 0, 2, 1));
    float[] positions = weights.get("visual.positional_embedding").values();
    float[] ofPatches = Arrays.copyOfRange(positions, vision.width(), positions.length);
    String added =
        room.floats(
            "patch_positions", new FloatTensor(List.of((long) vision.patches(), width), ofPatches));
    return room.node("Add", "patches_placed", List.of(rows, added));
  }

  /** The stem's rows added to those of the patches, after the layer where they come in. */
  private String withStem(GraphScope place, String x, String images, int layer) {
    if (vision.stem().isEmpty() || vision.stem().get().layer() != layer) {
      return x;
    }
    String seen = stemRows(images);
    if (layer == 0) {
      return place.node("Add", "patches_and_stem", List.of(x, seen));
    }
    String padded =
        place.node(
            "Pad",
            "stem_and_others",
            List.of(seen, place.integers("others", 0, 1, 0, 0, contextRows(), 0)));
    return place.node("Add", "with_stem", List.of(x, padded));
  }

  /** How many rows stand behind those of the patches. */
  private long contextRows() {
    return detector.prompts().isEmpty() ? 0 : detector.prompts().get(0).shape().get(0);
  }

  /** What the trunk says of each patch, projected: the twin of {@code torch.clip.StemRows}. */
  private String stemRows(String images) {
    GraphScope place = room.room("stem");
    ClipNormalization normalization = detector.config().normalization();
    String scaled =
        place.node(
            "Mul", "scaled", List.of(images, channels("deviation", normalization.deviation())));
    String plain =
        place.node("Add", "plain", List.of(scaled, channels("mean", normalization.mean())));
    String seen =
        new TrunkGraph(
                vision.trunk().orElseThrow(),
                name -> weights.get(ClipStem.TRUNK + name),
                products.stored(),
                place.room("trunk"))
            .encode(plain);
    FloatTensor projection = Weights.transposed(weights.get(ClipStem.PROJECTION));
    return place.node(
        "MatMul", "projected", List.of(seen, stored(place, products, "projection", projection)));
  }

  private String channels(String part, List<Double> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).floatValue();
    }
    return room.room("stem").floats(part, new FloatTensor(List.of(1L, 3L, 1L, 1L), numbers));
  }

  /** The parts with the layer's prompts after them, where there are any. */
  private List<String> withPrompts(List<String> parts, int layer, String batch) {
    if (detector.prompts().isEmpty()) {
      return parts;
    }
    FloatTensor rows = detector.prompts().get(layer);
    FloatTensor one = Weights.reshaped(rows, 1, rows.shape().get(0), rows.shape().get(1));
    List<String> all = new ArrayList<>(parts);
    all.add(rows("prompts" + (layer + 1), one, batch));
    return all;
  }

  /** Constant rows {@code [1, rows, d_v]} for each image of the batch. */
  private String rows(String part, FloatTensor rows, String batch) {
    return rows(room.room(part), rows, batch);
  }

  /** Constant rows {@code [1, rows, width]} for each image of a batch. */
  static String rows(GraphScope place, FloatTensor rows, String batch) {
    String sizes = place.integers("sizes", rows.shape().get(1), rows.shape().get(2));
    String shape = place.node("Concat", "shape", List.of(batch, sizes), integer("axis", 0));
    return place.node("Expand", "rows", List.of(place.floats("constant", rows), shape));
  }

  /** The class row, {@code ln_post} and the projection: {@code [images, d]}. */
  private String image(String x) {
    GraphScope place = room.room("image");
    String row =
        place.node("Gather", "row", List.of(x, place.integer("first", 0)), integer("axis", 1));
    String normalized = norm(place, row, "visual.ln_post");
    return place.node(
        "MatMul",
        "projected",
        List.of(normalized, stored("projection", weights.get("visual.proj"))));
  }

  private String norm(GraphScope place, String x, String name) {
    return Formulas.layerNorm(place, x, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }

  /** A weight in the file's number format, widened to fp32. */
  private String stored(String part, FloatTensor tensor) {
    return stored(room, products, part, tensor);
  }

  static String stored(GraphScope room, Products products, String part, FloatTensor tensor) {
    String kept = room.floats(part, products.stored(), tensor);
    return products.stored() == DType.F32
        ? kept
        : Products.cast(room, part + "_widened", kept, DType.F32);
  }

  private String patchesOf(GraphScope place, String x) {
    return slice(place, "patches", x, 1, 1 + vision.patches());
  }

  /** Tokens from one position to before another. */
  static String slice(GraphScope place, String part, String x, long from, long to) {
    return place.node(
        "Slice",
        part,
        List.of(
            x,
            place.integers(part + "_from", from),
            place.integers(part + "_to", to),
            place.integers(part + "_axis", 1)));
  }

  static String concat(GraphScope place, String part, List<String> parts) {
    return place.node("Concat", part, parts, integer("axis", 1));
  }
}
