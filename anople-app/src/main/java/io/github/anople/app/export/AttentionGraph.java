package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;

import java.util.List;

/**
 * Multi-head attention in which every token sees every other, the twin of {@code
 * torch.layer.Attention}.
 *
 * @param heads a divisor of the width
 * @param width of the rows
 * @param products how it multiplies
 */
record AttentionGraph(int heads, int width, Products products) {

  /**
   * Adds attention.
   *
   * @param room where it stands
   * @param x {@code [images, tokens, width]}, normalised
   * @param queryKeyValue prefix of the names of the map to queries, keys and values
   * @param out prefix of the names of the last map
   * @return the same shape
   */
  String apply(GraphScope room, String x, String queryKeyValue, String out) {
    long headWidth = width / heads;
    String qkv = linear(room.room("qkv"), x, queryKeyValue);
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
    return linear(room.room("out"), joined, out);
  }

  /** {@code [images, tokens, width]} to one matrix a head. */
  private static String head(GraphScope room, String part, String x, String shape, long... order) {
    String split = room.node("Reshape", part + "_split", List.of(x, shape));
    return room.node("Transpose", part, List.of(split), integers("perm", order));
  }

  private String linear(GraphScope room, String x, String prefix) {
    return products.linear(room, x, prefix, Products.Rows.TOKENS);
  }
}
