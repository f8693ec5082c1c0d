package io.github.anople.lab.pretrain.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import java.util.Optional;

/** The shape of mini: the paper's image size and patch grid, everything else small. */
final class MiniArchitecture {

  static final int SIDE = 240;
  static final int PATCH = 16;
  static final int WIDTH = 256;
  static final int LAYERS = 6;
  static final int EMBED = 256;
  static final int TEXT_WIDTH = 128;
  static final int TEXT_LAYERS = 4;
  static final int CONTEXT_LENGTH = 77;

  /** 3, not 4: so that all weights have less than 12 MB. */
  private static final int TEXT_MLP_RATIO = 3;

  static final ClipNormalization NORMALIZATION = ClipNormalization.CLIP;
  static final int HEAD_WIDTH = 64;

  private MiniArchitecture() {}

  static ClipConfig of(int vocabSize) {
    return of(vocabSize, Optional.empty());
  }

  static ClipConfig of(int vocabSize, Optional<ClipStem> stem) {
    return new ClipConfig(
        "mini",
        EMBED,
        new ClipConfig.Vision(SIDE, PATCH, WIDTH, LAYERS, WIDTH / HEAD_WIDTH, 4 * WIDTH, stem),
        new ClipConfig.Text(
            CONTEXT_LENGTH,
            vocabSize,
            TEXT_WIDTH,
            TEXT_LAYERS,
            TEXT_WIDTH / HEAD_WIDTH,
            TEXT_MLP_RATIO * TEXT_WIDTH),
        false,
        NORMALIZATION);
  }

  /** The same as {@code open_clip_config.json}. */
  static ObjectNode json(int vocabSize, Optional<ClipStem> stem) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode model = root.putObject("model_cfg");
    model.put("embed_dim", EMBED);
    ObjectNode vision =
        model
            .putObject("vision_cfg")
            .put("image_size", SIDE)
            .put("layers", LAYERS)
            .put("width", WIDTH)
            .put("head_width", HEAD_WIDTH)
            .put("patch_size", PATCH);
    stem.ifPresent(
        trunk -> {
          ObjectNode node = vision.putObject("stem").put("kind", ClipStem.KIND);
          trunk.blocks().forEach(node.putArray("blocks")::add);
          node.put("layer", trunk.layer());
        });
    model
        .putObject("text_cfg")
        .put("context_length", CONTEXT_LENGTH)
        .put("vocab_size", vocabSize)
        .put("width", TEXT_WIDTH)
        .put("heads", TEXT_WIDTH / HEAD_WIDTH)
        .put("layers", TEXT_LAYERS)
        .put("mlp_ratio", TEXT_MLP_RATIO);
    ObjectNode pixels = root.putObject("preprocess_cfg");
    NORMALIZATION.mean().forEach(pixels.putArray("mean")::add);
    NORMALIZATION.deviation().forEach(pixels.putArray("std")::add);
    return root;
  }
}
