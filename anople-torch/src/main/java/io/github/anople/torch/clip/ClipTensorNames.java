package io.github.anople.torch.clip;

import io.github.anople.torch.encoder.TrunkBlock;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.layer.TensorShapes;
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
    TensorShapes shapes = new TensorShapes();
    shapes.put("positional_embedding", text.contextLength(), text.width());
    shapes.put("text_projection", text.width(), config.embedDim());
    shapes.put(LOGIT_SCALE);
    shapes.put("visual.class_embedding", vision.width());
    shapes.put("visual.positional_embedding", vision.patches() + 1, vision.width());
    shapes.put("visual.proj", vision.width(), config.embedDim());
    shapes.put("visual.conv1.weight", vision.width(), 3, vision.patchSize(), vision.patchSize());
    vision.trunk().ifPresent(trunk -> stem(shapes, vision.width(), trunk));
    shapes.norm("visual.ln_pre", vision.width());
    blocks(shapes, "visual.transformer", vision.layers(), vision.width(), vision.mlpWidth());
    shapes.norm("visual.ln_post", vision.width());
    blocks(shapes, "transformer", text.layers(), text.width(), text.mlpWidth());
    shapes.put("token_embedding.weight", text.vocabSize(), text.width());
    shapes.norm("ln_final", text.width());
    return shapes.byName();
  }

  private static void stem(TensorShapes shapes, long width, TrunkSettings trunk) {
    shapes.put(ClipStem.PROJECTION, width, trunk.width());
    TrunkBlock.shapes(trunk.lastBlock())
        .forEach(
            (name, shape) ->
                shapes.put(
                    ClipStem.TRUNK + name, shape.stream().mapToLong(Long::longValue).toArray()));
  }

  /** The prefix of a block's names. */
  static String block(String tower, int layer) {
    return tower + ".resblocks." + layer;
  }

  private static void blocks(
      TensorShapes shapes, String tower, int layers, long width, long mlpWidth) {
    for (int layer = 0; layer < layers; layer++) {
      String block = block(tower, layer);
      shapes.norm(block + ".ln_1", width);
      shapes.put(block + ".attn.in_proj_weight", 3 * width, width);
      shapes.put(block + ".attn.in_proj_bias", 3 * width);
      shapes.linear(block + ".attn.out_proj", width, width);
      shapes.norm(block + ".ln_2", width);
      shapes.linear(block + ".mlp.c_fc", mlpWidth, width);
      shapes.linear(block + ".mlp.c_proj", width, mlpWidth);
    }
  }
}
