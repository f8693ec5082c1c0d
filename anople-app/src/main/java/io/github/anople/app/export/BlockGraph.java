package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import io.github.anople.torch.clip.ClipConfig;
import java.util.List;

/**
 * One block of the image tower: x + attention(ln_1(x)), then x + mlp(ln_2(x)).
 *
 * @param config the backbone's architecture
 * @param weights its weights
 * @param products how it multiplies
 */
record BlockGraph(ClipConfig config, Weights weights, Products products) {

  /**
   * Adds a block.
   *
   * @param room the layer
   * @param x {@code [images, tokens, width]}
   * @param name OpenCLIP's prefix of the block
   * @return the same shape
   */
  String apply(GraphScope room, String x, String name) {
    String attended =
        room.node("Add", "attended", List.of(x, attention(room.room("attention"), x, name)));
    return room.node("Add", "output", List.of(attended, mlp(room.room("mlp"), attended, name)));
  }

  private String attention(GraphScope room, String x, String name) {
    int heads = config.vision().heads();
    int width = config.vision().width();
    long headWidth = width / heads;
    String qkv = linear(room.room("qkv"), norm(room, x, name + ".ln_1"), name + ".attn.in_proj_");
    List<String> parts =
        room.nodes(
            "Split",
            "split",
            List.of(qkv),
            List.of("query", "key", "value"),
            integer("axis", -1),
            integer("num_outputs", 3));
    String shape = room.integers("heads", 0, 0, heads, headWidth);
    String query = head(room, "query", parts.get(0), shape, 0, 2, 1, 3);
    String key = head(room, "key", parts.get(1), shape, 0, 2, 3, 1);
    String value = head(room, "value", parts.get(2), shape, 0, 2, 1, 3);
    String scale = room.number("scale", 1 / Math.sqrt((double) headWidth));
    String scaled = room.node("Mul", "query_scaled", List.of(query, scale));
    String logits = room.node("MatMul", "logits", List.of(scaled, key));
    String shares = room.node("Softmax", "softmax", List.of(logits), integer("axis", -1));
    String mixed = room.node("MatMul", "mixed", List.of(shares, value));
    String rows = room.node("Transpose", "rows", List.of(mixed), integers("perm", 0, 2, 1, 3));
    String joined =
        room.node("Reshape", "joined", List.of(rows, room.integers("width", 0, 0, width)));
    return linear(room.room("out"), joined, name + ".attn.out_proj.");
  }

  /** {@code [images, tokens, width]} to one matrix a head. */
  private static String head(GraphScope room, String part, String x, String shape, long... order) {
    String split = room.node("Reshape", part + "_split", List.of(x, shape));
    return room.node("Transpose", part, List.of(split), integers("perm", order));
  }

  private String mlp(GraphScope room, String x, String name) {
    String hidden = linear(room.room("in"), norm(room, x, name + ".ln_2"), name + ".mlp.c_fc.");
    String active =
        config.quickGelu() ? Formulas.quickGelu(room, hidden) : Formulas.gelu(room, hidden);
    return linear(room.room("out"), active, name + ".mlp.c_proj.");
  }

  private String norm(GraphScope room, String x, String name) {
    return Formulas.layerNorm(
        room.room("norm"), x, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }

  private String linear(GraphScope room, String x, String prefix) {
    return products.linear(room, x, prefix, Products.Rows.TOKENS);
  }
}
