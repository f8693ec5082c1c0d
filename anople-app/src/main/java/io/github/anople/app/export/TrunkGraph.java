package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.GridMatrix;
import io.github.anople.torch.encoder.TrunkBlock;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The small trunk, the twin of {@code torch.encoder.TrunkEncoder}. It computes in fp32 in every
 * graph; the weights that come with the program are stored in fp16, which is what they are.
 */
final class TrunkGraph {

  private static final double LARGEST_ACTIVE = 6;

  private final TrunkSettings settings;
  private final Function<String, FloatTensor> weights;
  private final DType stored;
  private final GraphScope room;

  TrunkGraph(TrunkSettings settings, TrunkWeights weights, GraphScope room) {
    this(settings, weights::get, DType.F16, room);
  }

  /**
   * A trunk of any weights.
   *
   * @param weights by the names of {@link TrunkWeights}
   * @param stored their type in the file
   */
  TrunkGraph(
      TrunkSettings settings,
      Function<String, FloatTensor> weights,
      DType stored,
      GraphScope room) {
    this.settings = settings;
    this.weights = weights;
    this.stored = stored;
    this.room = room;
  }

  /**
   * Adds the encoder.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, g², d]}, each row of unit length
   */
  String encode(String images) {
    return rows(settings, blocks(images), room);
  }

  /**
   * Adds what follows the blocks.
   *
   * @param settings which of them, and on which grid
   * @param maps of {@link #blocks}, at least as far as the settings ask for
   * @param room where
   * @return {@code [images, g², d]}, each row of unit length
   */
  static String rows(TrunkSettings settings, List<String> maps, GraphScope room) {
    List<String> parts = new ArrayList<>();
    for (int number : settings.blocks()) {
      GraphScope place = room.room("rows" + number);
      String onGrid = onGrid(settings, place, maps.get(number), TrunkBlock.ALL.get(number));
      String flat =
          place.node("Reshape", "columns", List.of(onGrid, place.integers("flat", 0, 0, -1)));
      String rows = place.node("Transpose", "rows", List.of(flat), integers("perm", 0, 2, 1));
      parts.add(Formulas.normalize(place, rows));
    }
    String joined = room.node("Concat", "joined", parts, integer("axis", -1));
    return Formulas.normalize(room, joined);
  }

  /**
   * Adds the network as far as it is needed.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, out, side, side]} of each block from 0 on
   */
  List<String> blocks(String images) {
    String maps =
        active(
            room, "Conv", convolution(room, "Conv", normalized(images), settings.imageSize(), 2));
    List<String> outputs = new ArrayList<>();
    int side = (settings.imageSize() + 1) / 2;
    for (TrunkBlock block : TrunkBlock.ALL.subList(0, settings.lastBlock() + 1)) {
      maps = block(block, maps, side);
      outputs.add(maps);
      side = block.side(settings.imageSize());
    }
    return outputs;
  }

  private String normalized(String images) {
    String doubled = room.node("Mul", "doubled", List.of(images, room.number("two", 2)));
    return room.node("Sub", "normalized", List.of(doubled, room.number("one", 1)));
  }

  private String block(TrunkBlock block, String maps, int side) {
    GraphScope place = room.room("block" + block.number());
    String name = block.number() + ".";
    String wide =
        block.expands()
            ? active(place, "expand", convolution(place, name + "expand", maps, side, 1))
            : maps;
    String spread =
        active(place, "dw", convolution(place, name + "dw", wide, side, block.stride()));
    String narrow = convolution(place, name + "project", spread, side, 1);
    return block.adds() ? place.node("Add", "added", List.of(narrow, maps)) : narrow;
  }

  /** A convolution with its bias; {@code side} is that of what comes in. */
  private String convolution(GraphScope place, String name, String maps, int side, int stride) {
    FloatTensor kernels = weights.apply(name + ".weight");
    long window = kernels.shape().get(2);
    boolean depthwise = kernels.shape().get(1) == 1;
    int before = window == 1 ? 0 : TrunkBlock.paddingBefore(side, stride);
    int after = window == 1 ? 0 : TrunkBlock.paddingAfter(side, stride);
    String part = name.substring(name.indexOf('.') + 1);
    return place.node(
        "Conv",
        part,
        List.of(
            maps,
            stored(place, part + "_weight", kernels),
            stored(place, part + "_bias", weights.apply(name + ".bias"))),
        integers("strides", stride, stride),
        integers("pads", before, before, after, after),
        integer("group", depthwise ? kernels.shape().get(0) : 1),
        integers("kernel_shape", window, window));
  }

  private String stored(GraphScope place, String part, FloatTensor tensor) {
    String kept = place.floats(part, stored, tensor);
    return stored == DType.F32 ? kept : Products.cast(place, part + "_widened", kept, DType.F32);
  }

  /** ReLU6. */
  private static String active(GraphScope place, String part, String maps) {
    return place.node(
        "Clip",
        part + "_active",
        List.of(
            maps,
            place.number(part + "_least", 0),
            place.number(part + "_largest", LARGEST_ACTIVE)));
  }

  /** {@code [images, out, h, h]} to {@code [images, out, g, g]}. */
  private static String onGrid(
      TrunkSettings settings, GraphScope place, String maps, TrunkBlock block) {
    int side = block.side(settings.imageSize());
    if (side == settings.grid()) {
      return maps;
    }
    FloatTensor matrix = GridMatrix.of(side, settings.grid());
    String rows =
        place.node("MatMul", "grid_rows", List.of(place.floats("grid_matrix", matrix), maps));
    String columns = place.floats("grid_matrix_transposed", Weights.transposed(matrix));
    return place.node("MatMul", "grid", List.of(rows, columns));
  }
}
