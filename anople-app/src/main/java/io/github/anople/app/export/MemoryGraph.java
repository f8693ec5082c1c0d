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
import io.github.anople.torch.model.FrozenRegion;
import io.github.anople.torch.model.Looking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
      maps.add(mean("clip", places.meanMap("memory", memoryDistance(seen)), FrozenRegion::patches));
      shares.add(detector.looking().memoryWeight());
    }
    for (int i = 0; i < detector.encoders().size(); i++) {
      Looking.Encoder one = detector.looking().encoders().get(i);
      maps.add(encoderDistance(one, i, numbers));
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

  /** The mean of a map over copies, of which some may not tell of a pixel that counts. */
  private String mean(String name, String mean, Function<FrozenRegion, FrozenRegion.Grid> grid) {
    return detector
        .region()
        .map(
            some ->
                CountedMaps.times(
                    graph.room("counted." + name), "mean", mean, grid.apply(some).ofMean()))
        .orElse(mean);
  }

  /** M_mem of an encoder beside the backbone: the twin of {@code torch.model.EncoderMemory}. */
  private String encoderDistance(Looking.Encoder one, int index, Map<Integer, String> numbers) {
    PatchEncoder encoder = detector.encoders().get(index);
    Function<FrozenRegion, FrozenRegion.Grid> counted = region -> region.encoders().get(index);
    GraphScope room = graph.room("encoder." + one.name());
    if (one.places() == 1 && trunk.isPresent() && encoder instanceof TrunkEncoder seen) {
      String rows = TrunkGraph.rows(seen.settings(), trunk.get().blocks(), room.room("trunk"));
      String distance =
          distance(graph.room("memory." + one.name()), rows, one.name(), encoder, counted);
      return mean(one.name(), distance, counted);
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
    String distance = distance(memory, rows, one.name(), encoder, counted);
    String mean = mean(one.name(), places.meanMap("memory", distance), counted);
    return brought(memory, mean, encoder.imageSize());
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
    String brought = room.node("Squeeze", "brought", List.of(resized, room.integers("taken", 1)));
    return detector
        .region()
        .map(some -> CountedMaps.times(room, "brought_counted", brought, some.pixels()))
        .orElse(brought);
  }

  /** M_mem, {@code [images, S, S]}. */
  private String memoryDistance(TowerGraph.Seen seen) {
    GraphScope room = graph.room("memory");
    String mean = room.node("Mean", "layer_mean", new ArrayList<>(seen.layers().values()));
    return distance(
        room,
        Formulas.normalize(room, mean),
        detector.memory().get(DetectorBundle.BACKBONE_MEMORY),
        new Places(grid, side, detector.region().map(FrozenRegion::patches)));
  }

  private String distance(
      GraphScope room,
      String features,
      String name,
      PatchEncoder encoder,
      Function<FrozenRegion, FrozenRegion.Grid> counted) {
    return distance(
        room,
        features,
        detector.memory().get(name),
        new Places(encoder.grid(), encoder.imageSize(), detector.region().map(counted)));
  }

  /**
   * Where distances lie.
   *
   * @param grid patches along an axis
   * @param side pixels along it
   * @param counted which of them count; empty for all
   */
  private record Places(int grid, int side, Optional<FrozenRegion.Grid> counted) {

    /** From patches to pixels, {@code [., 1, grid, grid]} to {@code [., 1, side, side]}. */
    String enlarged(GraphScope room, String coarse) {
      double factor = (double) side / grid;
      if (counted.isEmpty()) {
        return Formulas.enlarge(room, coarse, factor);
      }
      String cells = CountedMaps.times(room, "cells", coarse, 1, counted.get().cells());
      String maps = Formulas.enlarge(room, cells, factor);
      return CountedMaps.times(room, "shared", maps, 1, counted.get().shares());
    }
  }

  /** Rows of a grid to their distance from a memory, as maps of a side. */
  private String distance(GraphScope room, String features, FloatTensor rows, Places places) {
    String nearest = place == null ? nearest(room, features, rows) : ofPlace(room, features, rows);
    String difference = room.node("Sub", "difference", List.of(room.number("one", 1), nearest));
    String distance = room.node("Mul", "distance", List.of(difference, room.number("half", 0.5)));
    String coarse =
        room.node(
            "Reshape",
            "coarse",
            List.of(distance, room.integers("grid", -1, 1, places.grid(), places.grid())));
    String maps = places.enlarged(room, coarse);
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
            () -> columns(memory, (int) places));
    String own = room.node("Gather", "of_place", List.of(all, place), integer("axis", 0));
    String table = room.node("MatMul", "similarities", List.of(features, own));
    return room.node(
        "ReduceMax",
        "nearest",
        List.of(table, room.integers("row_axis", -1)),
        integer("keepdims", 0));
  }

  /** Rows of which each place has one in turn, as {@code [places, d, rows]}. */
  private static FloatTensor columns(FloatTensor memory, int places) {
    int each = Math.toIntExact(memory.shape().get(0) / places);
    int width = Math.toIntExact(memory.shape().get(1));
    float[] columns = new float[memory.values().length];
    for (int row = 0; row < each; row++) {
      for (int place = 0; place < places; place++) {
        for (int i = 0; i < width; i++) {
          columns[(place * width + i) * each + row] =
              memory.values()[(row * places + place) * width + i];
        }
      }
    }
    return new FloatTensor(List.of((long) places, (long) width, (long) each), columns);
  }

  private static FloatTensor part(FloatTensor memory, int from, int count) {
    int width = Math.toIntExact(memory.shape().get(1));
    float[] rows = Arrays.copyOfRange(memory.values(), from * width, (from + count) * width);
    return new FloatTensor(List.of((long) count, (long) width), rows);
  }
}
