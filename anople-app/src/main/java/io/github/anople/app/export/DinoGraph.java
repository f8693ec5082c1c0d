package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.dino.DinoConfig;
import io.github.anople.torch.encoder.dino.DinoTensorNames;
import io.github.anople.torch.encoder.dino.FrozenDino;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A DINOv2 at one image size, the twin of {@code torch.encoder.dino.DinoEncoder}. */
final class DinoGraph {

  private final FrozenDino dino;
  private final DinoConfig config;
  private final Products products;
  private final GraphScope room;

  DinoGraph(FrozenDino dino, Products products, GraphScope room) {
    this.dino = dino;
    this.config = dino.config();
    this.products = products;
    this.room = room;
  }

  /** The weights of a DINOv2, for what multiplies. */
  static Weights weights(FrozenDino dino) {
    return new Weights(DinoTensorNames.shapes(dino.config()), dino.weights());
  }

  /**
   * Adds the network.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, grid², d]}, rows of unit length
   */
  String encode(String images) {
    String x = embed(images);
    List<String> used = new ArrayList<>();
    for (int layer = 1; layer <= Collections.max(dino.layers()); layer++) {
      x = block(room.room("layer" + layer), x, DinoTensorNames.block(layer - 1));
      if (dino.layers().contains(layer)) {
        used.add(rows(room.room("rows" + layer), x));
      }
    }
    return combined(inOrder(used));
  }

  /** What was collected by rising number, in the order of the settings. */
  private List<String> inOrder(List<String> used) {
    List<Integer> rising = dino.layers().stream().sorted().toList();
    return dino.layers().stream().map(layer -> used.get(rising.indexOf(layer))).toList();
  }

  private String combined(List<String> rows) {
    GraphScope place = room.room("combined");
    if (dino.joined()) {
      String joined = place.node("Concat", "joined", rows, integer("axis", -1));
      return Formulas.normalize(place, joined);
    }
    return Formulas.normalize(place, place.node("Mean", "mean", rows));
  }

  /** The patch rows of a block's output, as they are used. */
  private String rows(GraphScope place, String x) {
    long before = config.rowsBeforePatches();
    long patches = (long) dino.grid() * dino.grid();
    String rows = TowerGraph.slice(place, "patches", x, before, before + patches);
    String finished = dino.norm() ? norm(place, rows, "norm") : rows;
    return dino.joined() ? Formulas.normalize(place, finished) : finished;
  }

  /** The tokens before the first block: {@code [images, 1 + registers + grid², width]}. */
  private String embed(String images) {
    String batch =
        room.node("Shape", "batch", List.of(images), integer("start", 0), integer("end", 1));
    String centred = room.node("Sub", "centred", List.of(images, room.floats("mean", dino.mean())));
    String normalized =
        room.node(
            "Div", "normalized", List.of(centred, room.floats("deviation", dino.deviation())));
    String first = TowerGraph.rows(room.room("first_rows"), firstRows(), batch);
    return TowerGraph.concat(room, "embedded", List.of(first, patchRows(normalized)));
  }

  /** cls with its position, then the registers: {@code [1, 1 + registers, width]}. */
  private FloatTensor firstRows() {
    int width = config.width();
    float[] rows = Arrays.copyOf(get("cls_token").values(), config.rowsBeforePatches() * width);
    for (int i = 0; i < width; i++) {
      rows[i] += dino.positions().values()[i];
    }
    if (config.registers() > 0) {
      float[] registers = get("register_tokens").values();
      System.arraycopy(registers, 0, rows, width, registers.length);
    }
    return new FloatTensor(List.of(1L, (long) config.rowsBeforePatches(), (long) width), rows);
  }

  private String patchRows(String images) {
    long width = config.width();
    String kernels =
        TowerGraph.stored(room, products, "patch_weight", get("patch_embed.proj.weight"));
    String grid =
        room.node(
            "Conv",
            "patch_grid",
            List.of(images, kernels, room.floats("patch_bias", get("patch_embed.proj.bias"))),
            integers("strides", config.patch(), config.patch()),
            integers("kernel_shape", config.patch(), config.patch()));
    String flat =
        room.node("Reshape", "patch_columns", List.of(grid, room.integers("flat", 0, width, -1)));
    String rows = room.node("Transpose", "patch_rows", List.of(flat), integers("perm", 0, 2, 1));
    float[] positions = dino.positions().values();
    FloatTensor ofPatches =
        new FloatTensor(
            List.of((long) dino.grid() * dino.grid(), width),
            Arrays.copyOfRange(positions, config.width(), positions.length));
    return room.node(
        "Add", "patches_placed", List.of(rows, room.floats("patch_positions", ofPatches)));
  }

  private String block(GraphScope place, String x, String name) {
    GraphScope attention = place.room("attention");
    String mixed =
        new AttentionGraph(config.heads(), config.width(), products)
            .apply(
                attention,
                norm(attention.room("norm"), x, name + ".norm1"),
                name + ".attn.qkv.",
                name + ".attn.proj.");
    String attended =
        place.node("Add", "attended", List.of(x, scaled(attention, mixed, name + ".ls1.gamma")));
    GraphScope ffn = place.room("ffn");
    String out =
        feedForward(ffn, norm(ffn.room("norm"), attended, name + ".norm2"), name + ".mlp.");
    return place.node("Add", "output", List.of(attended, scaled(ffn, out, name + ".ls2.gamma")));
  }

  private String feedForward(GraphScope place, String x, String prefix) {
    String in = prefix + (config.swiGlu() ? "w12." : "fc1.");
    String hidden = products.linear(place.room("in"), x, in, Products.Rows.TOKENS);
    String active = config.swiGlu() ? swiGlu(place, hidden) : Formulas.gelu(place, hidden);
    String out = prefix + (config.swiGlu() ? "w3." : "fc2.");
    return products.linear(place.room("out"), active, out, Products.Rows.TOKENS);
  }

  private static String swiGlu(GraphScope place, String hidden) {
    List<String> halves =
        place.nodes(
            "Split",
            "split",
            List.of(hidden),
            List.of("gate", "value"),
            integer("axis", -1),
            integer("num_outputs", 2));
    return place.node("Mul", "gated", List.of(Formulas.silu(place, halves.get(0)), halves.get(1)));
  }

  private String scaled(GraphScope place, String x, String gamma) {
    return place.node("Mul", "scaled", List.of(x, place.floats("gamma", get(gamma))));
  }

  private String norm(GraphScope place, String x, String name) {
    return Formulas.layerNorm(
        place, x, get(name + ".weight"), get(name + ".bias"), config.epsilon());
  }

  private FloatTensor get(String name) {
    return dino.weights().apply(name);
  }
}
