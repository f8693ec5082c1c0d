package io.github.anople.torch.encoder.dino;

import io.github.anople.torch.layer.TensorShapes;
import java.util.List;
import java.util.Map;

/**
 * Torch hub's names for the weights of a DINOv2, and the shape that an architecture gives to each.
 */
public final class DinoTensorNames {

  private DinoTensorNames() {}

  /**
   * Every tensor that is computed with; {@code mask_token} is not.
   *
   * @param config the architecture
   * @return shapes by name
   */
  public static Map<String, List<Long>> shapes(DinoConfig config) {
    long width = config.width();
    TensorShapes shapes = new TensorShapes();
    shapes.put("cls_token", 1, 1, width);
    if (config.registers() > 0) {
      shapes.put("register_tokens", 1, config.registers(), width);
    }
    long grid = config.storedGrid();
    shapes.put("pos_embed", 1, 1 + grid * grid, width);
    shapes.put("patch_embed.proj.weight", width, 3, config.patch(), config.patch());
    shapes.put("patch_embed.proj.bias", width);
    for (int layer = 0; layer < config.layers(); layer++) {
      block(shapes, block(layer), config);
    }
    shapes.norm("norm", width);
    return shapes.byName();
  }

  /**
   * The prefix of a block's names.
   *
   * @param layer 0-based
   * @return for example {@code blocks.3}
   */
  public static String block(int layer) {
    return "blocks." + layer;
  }

  private static void block(TensorShapes shapes, String block, DinoConfig config) {
    long width = config.width();
    long hidden = config.hidden();
    shapes.norm(block + ".norm1", width);
    shapes.linear(block + ".attn.qkv", 3 * width, width);
    shapes.linear(block + ".attn.proj", width, width);
    shapes.put(block + ".ls1.gamma", width);
    shapes.norm(block + ".norm2", width);
    if (config.swiGlu()) {
      shapes.linear(block + ".mlp.w12", 2 * hidden, width);
      shapes.linear(block + ".mlp.w3", width, hidden);
    } else {
      shapes.linear(block + ".mlp.fc1", hidden, width);
      shapes.linear(block + ".mlp.fc2", width, hidden);
    }
    shapes.put(block + ".ls2.gamma", width);
  }
}
