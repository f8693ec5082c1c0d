package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.dino.DinoEncoder;
import io.github.anople.torch.encoder.dino.FrozenDino;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.model.FrozenDetector;
import io.github.anople.torch.model.Looking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the memory says of pictures, the twin of {@code torch.model.MemoryLook}. */
final class MemoryGraph {

  /** Rows of the memory compared at a time: bounds the table of similarities. */
  private static final int TILE = 16_384;

  private static final int LEVELS = 255;

  private final FrozenDetector detector;
  private final Products products;
  private final OnnxGraph graph;
  private final Optional<SharedTrunk> trunk;
  private final int side;
  private final int grid;

  /** The place of each image, {@code [images]}; null where the memory does not tell any apart. */
  private final String place;

  /**
   * A graph of memories, of which the trunk may be there already.
   *
   * @param place the input that says of each image which place it is
   */
  MemoryGraph(
      FrozenDetector detector,
      Products products,
      OnnxGraph graph,
      Optional<SharedTrunk> trunk,
      Optional<String> place) {
    this.place = place.orElse(null);
    this.trunk = trunk;
    this.detector = detector;
    this.products = products;
    this.graph = graph;
    this.side = detector.config().vision().imageSize();
    this.grid = detector.config().vision().grid();
  }

  /**
   * Adds M_mem: the mean of all memories, by their weights.
   *
   * @param seen what the backbone's tower made of the copies
   * @param places of the backbone's patch grid
   * @param numbers the pictures by size, {@code [images, 3, N, N]}, 0 to 255
   * @return {@code [images, S, S]}
   */
  String distance(TowerGraph.Seen seen, PlacesGraph places, Map<Integer, String> numbers) {
    List<String> maps = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    if (!detector.looking().memoryLayers().isEmpty()) {
      maps.add(places.meanMap("memory", memoryDistance(seen)));
      shares.add(detector.looking().memoryWeight());
    }
    for (int i = 0; i < detector.encoders().size(); i++) {
      Looking.Encoder one = detector.looking().encoders().get(i);
      maps.add(encoderDistance(one, detector.encoders().get(i), numbers));
      shares.add(one.weight());
    }
    if (maps.size() == 1) {
      return maps.get(0);
    }
    GraphScope room = graph.room("memory.mean");
    double all = shares.stream().mapToDouble(Double::doubleValue).sum();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      GraphScope part = room.room("part" + i);
      String share = part.number("share", shares.get(i) / all);
      parts.add(part.node("Mul", "weighted", List.of(maps.get(i), share)));
    }
    return room.node("Sum", "distance", parts);
  }

  /** M_mem of an encoder beside the backbone: the twin of {@code torch.model.EncoderMemory}. */
  private String encoderDistance(
      Looking.Encoder one, PatchEncoder encoder, Map<Integer, String> numbers) {
    GraphScope room = graph.room("encoder." + one.name());
    if (one.places() == 1 && trunk.isPresent() && encoder instanceof TrunkEncoder seen) {
      String rows = TrunkGraph.rows(seen.settings(), trunk.get().blocks(), room.room("trunk"));
      return distance(graph.room("memory." + one.name()), rows, one.name(), encoder);
    }
    int patch = Math.max(1, encoder.imageSize() / encoder.grid());
    PlacesGraph places =
        new PlacesGraph(
            new GridShifts(one.places(), patch), room.room("places"), encoder.imageSize());
    String plain =
        room.node(
            "Mul",
            "images",
            List.of(numbers.get(encoder.imageSize()), room.number("level", 1.0 / LEVELS)));
    String rows = rows(one.name(), encoder, room, places.copies(plain));
    GraphScope memory = graph.room("memory." + one.name());
    String distance = distance(memory, rows, one.name(), encoder);
    return brought(memory, places.meanMap("memory", distance), encoder.imageSize());
  }

  /** {@code [images, grid², d]}, of unit length; what is not quantised is so in every graph. */
  private String rows(String name, PatchEncoder encoder, GraphScope room, String images) {
    if (encoder instanceof TrunkEncoder trunk) {
      return new TrunkGraph(trunk.settings(), trunk.weights(), room.room("trunk")).encode(images);
    }
    if (encoder instanceof DinoEncoder dino) {
      FrozenDino frozen = dino.freeze();
      Products exact = new FloatProducts(DinoGraph.weights(frozen), products.stored());
      return new DinoGraph(frozen, exact, room.room("dinov2")).encode(images);
    }
    throw new IllegalStateException("no graph of the encoder " + name);
  }

  /** Maps of an encoder's size, brought to the detector's. */
  private String brought(GraphScope room, String maps, int from) {
    if (from == side) {
      return maps;
    }
    String channel =
        room.node("Unsqueeze", "with_channel", List.of(maps, room.integers("added", 1)));
    String resized = Formulas.resized(room, channel, side);
    return room.node("Squeeze", "brought", List.of(resized, room.integers("taken", 1)));
  }

  /** M_mem, {@code [images, S, S]}. */
  private String memoryDistance(TowerGraph.Seen seen) {
    GraphScope room = graph.room("memory");
    String mean = room.node("Mean", "layer_mean", new ArrayList<>(seen.layers().values()));
    return distance(
        room, Formulas.normalize(room, mean), DetectorBundle.BACKBONE_MEMORY, grid, side);
  }

  private String distance(GraphScope room, String features, String name, PatchEncoder encoder) {
    return distance(room, features, name, encoder.grid(), encoder.imageSize());
  }

  /** Rows of a grid to their distance from a memory, as maps of a side. */
  private String distance(GraphScope room, String features, String name, int grid, int side) {
    FloatTensor rows = detector.memory().get(name);
    String nearest = place == null ? nearest(room, features, rows) : ofPlace(room, features, rows);
    String difference = room.node("Sub", "difference", List.of(room.number("one", 1), nearest));
    String distance = room.node("Mul", "distance", List.of(difference, room.number("half", 0.5)));
    String coarse =
        room.node("Reshape", "coarse", List.of(distance, room.integers("grid", -1, 1, grid, grid)));
    String maps = Formulas.enlarge(room, coarse, (double) side / grid);
    return room.node("Squeeze", "distance_map", List.of(maps, room.integers("channel", 1)));
  }

  /** The largest similarity to a row of the memory, {@code [images, n]}. */
  private static String nearest(GraphScope room, String features, FloatTensor memory) {
    int width = Math.toIntExact(memory.shape().get(1));
    int rows = Math.toIntExact(memory.shape().get(0));
    List<String> best = new ArrayList<>();
    for (int from = 0; from < rows; from += TILE) {
      GraphScope tile = room.room("rows" + from);
      int start = from;
      int count = Math.min(TILE, rows - from);
      String columns =
          tile.later(
              "columns",
              DType.F32,
              List.of((long) width, (long) count),
              () -> Weights.transposed(part(memory, start, count)));
      String table = tile.node("MatMul", "similarities", List.of(features, columns));
      best.add(
          tile.node(
              "ReduceMax",
              "nearest",
              List.of(table, tile.integers("row_axis", -1)),
              integer("keepdims", 0)));
    }
    return room.node("Max", "nearest", best);
  }

  /** The same, where each image has its place, whose rows alone it is compared with. */
  private String ofPlace(GraphScope room, String features, FloatTensor memory) {
    long places = detector.looking().tiles().orElseThrow().places();
    long width = memory.shape().get(1);
    long each = memory.shape().get(0) / places;
    String all =
        room.later(
            "columns",
            DType.F32,
            List.of(places, width, each),
            () -> transposed(memory, (int) places));
    String columns = room.node("Gather", "of_place", List.of(all, place), integer("axis", 0));
    String table = room.node("MatMul", "similarities", List.of(features, columns));
    return room.node(
        "ReduceMax",
        "nearest",
        List.of(table, room.integers("row_axis", -1)),
        integer("keepdims", 0));
  }

  private static FloatTensor transposed(FloatTensor memory, int places) {
    int each = Math.toIntExact(memory.shape().get(0) / places);
    long width = memory.shape().get(1);
    float[] columns = new float[memory.values().length];
    for (int place = 0; place < places; place++) {
      float[] values = Weights.transposed(part(memory, place * each, each)).values();
      System.arraycopy(values, 0, columns, place * values.length, values.length);
    }
    return new FloatTensor(List.of((long) places, width, (long) each), columns);
  }

  private static FloatTensor part(FloatTensor memory, int from, int count) {
    int width = Math.toIntExact(memory.shape().get(1));
    float[] rows = Arrays.copyOfRange(memory.values(), from * width, (from + count) * width);
    return new FloatTensor(List.of((long) count, (long) width), rows);
  }
}
