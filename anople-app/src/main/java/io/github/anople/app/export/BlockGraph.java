package io.github.anople.app.export;

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
    return new AttentionGraph(config.vision().heads(), config.vision().width(), products)
        .apply(
            room, norm(room, x, name + ".ln_1"), name + ".attn.in_proj_", name + ".attn.out_proj.");
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
