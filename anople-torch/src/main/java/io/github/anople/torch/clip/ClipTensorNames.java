package io.github.anople.torch.clip;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OpenCLIP's names for the weights of a CLIP, and the shape that an architecture gives to each. */
public final class ClipTensorNames {

  /** The temperature: ln s, a scalar. */
  public static final String LOGIT_SCALE = "logit_scale";

  private ClipTensorNames() {}

  /**
   * Every tensor of a checkpoint.
   *
   * @param config the architecture
   * @return shapes by name, in OpenCLIP's order
   */
  public static Map<String, List<Long>> shapes(ClipConfig config) {
    ClipConfig.Vision vision = config.vision();
    ClipConfig.Text text = config.text();
    Shapes shapes = new Shapes();
    shapes.put("positional_embedding", text.contextLength(), text.width());
    shapes.put("text_projection", text.width(), config.embedDim());
    shapes.put(LOGIT_SCALE);
    shapes.put("visual.class_embedding", vision.width());
    shapes.put("visual.positional_embedding", vision.patches() + 1, vision.width());
    shapes.put("visual.proj", vision.width(), config.embedDim());
    shapes.put("visual.conv1.weight", vision.width(), 3, vision.patchSize(), vision.patchSize());
    shapes.norm("visual.ln_pre", vision.width());
    shapes.blocks("visual.transformer", vision.layers(), vision.width(), vision.mlpWidth());
    shapes.norm("visual.ln_post", vision.width());
    shapes.blocks("transformer", text.layers(), text.width(), text.mlpWidth());
    shapes.put("token_embedding.weight", text.vocabSize(), text.width());
    shapes.norm("ln_final", text.width());
    return shapes.byName;
  }

  /** The prefix of a block's names. */
  static String block(String tower, int layer) {
    return tower + ".resblocks." + layer;
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

    void blocks(String tower, int layers, long width, long mlpWidth) {
      for (int layer = 0; layer < layers; layer++) {
        String block = block(tower, layer);
        norm(block + ".ln_1", width);
        put(block + ".attn.in_proj_weight", 3 * width, width);
        put(block + ".attn.in_proj_bias", 3 * width);
        linear(block + ".attn.out_proj", width, width);
        norm(block + ".ln_2", width);
        linear(block + ".mlp.c_fc", mlpWidth, width);
        linear(block + ".mlp.c_proj", width, mlpWidth);
      }
    }
  }
}
