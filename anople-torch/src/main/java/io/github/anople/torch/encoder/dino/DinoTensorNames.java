package io.github.anople.torch.encoder.dino;

import java.util.Arrays;
import java.util.LinkedHashMap;
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
    Shapes shapes = new Shapes();
    shapes.put("cls_token", 1, 1, width);
    if (config.registers() > 0) {
      shapes.put("register_tokens", 1, config.registers(), width);
    }
    long grid = config.storedGrid();
    shapes.put("pos_embed", 1, 1 + grid * grid, width);
    shapes.put("patch_embed.proj.weight", width, 3, config.patch(), config.patch());
    shapes.put("patch_embed.proj.bias", width);
    for (int layer = 0; layer < config.layers(); layer++) {
      shapes.block(block(layer), config);
    }
    shapes.norm("norm", width);
    return shapes.byName;
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

  private static final class Shapes {
    private final Map<String, List<Long>> byName = new LinkedHashMap<>();

    void put(String name, long... shape) {
      byName.put(name, Arrays.stream(shape).boxed().toList());
    }

    void norm(String name, long width) {
      put(name + ".weight", width);
      put(name + ".bias", width);
    }

    void linear(String name, long out, long in) {
      put(name + ".weight", out, in);
      put(name + ".bias", out);
    }

    void block(String block, DinoConfig config) {
      long width = config.width();
      long hidden = config.hidden();
      norm(block + ".norm1", width);
      linear(block + ".attn.qkv", 3 * width, width);
      linear(block + ".attn.proj", width, width);
      put(block + ".ls1.gamma", width);
      norm(block + ".norm2", width);
      if (config.swiGlu()) {
        linear(block + ".mlp.w12", 2 * hidden, width);
        linear(block + ".mlp.w3", width, hidden);
      } else {
        linear(block + ".mlp.fc1", hidden, width);
        linear(block + ".mlp.fc2", width, hidden);
      }
      put(block + ".ls2.gamma", width);
    }
  }
}
