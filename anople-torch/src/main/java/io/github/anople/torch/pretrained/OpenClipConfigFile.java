package io.github.anople.torch.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code open_clip_config.json}, and refuses by name what these encoders do not compute. */
final class OpenClipConfigFile {

  private static final Set<String> VISION =
      Set.of("image_size", "layers", "width", "head_width", "mlp_ratio", "patch_size", "stem");
  private static final Set<String> STEM = Set.of("kind", "blocks", "layer");
  private static final Set<String> TEXT =
      Set.of("context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio");
  private static final Set<String> MODEL =
      Set.of("embed_dim", "vision_cfg", "text_cfg", "quick_gelu", "init_logit_scale", "cast_dtype");
  // Options that change nothing at these values, which OpenCLIP's own files spell out now and then.
  private static final Map<String, Set<String>> HARMLESS =
      Map.of(
          "pool_type", Set.of("tok", "argmax"),
          "final_ln_after_pool", Set.of("false"),
          "proj_type", Set.of("linear"),
          "pos_embed_type", Set.of("learnable"),
          "patch_dropout", Set.of("0.0", "0"),
          "pad_id", Set.of("0"),
          "attentional_pool", Set.of("false"));

  private final Path file;
  private final ConfigJson json;

  private OpenClipConfigFile(Path file) {
    this.file = file;
    this.json = new ConfigJson(file);
  }

  /**
   * Reads and checks a configuration.
   *
   * @param name what to call the architecture
   */
  static ClipConfig read(Path file, String name) {
    return new OpenClipConfigFile(file).parse(name);
  }

  private ClipConfig parse(String name) {
    JsonNode root = json.readTree();
    JsonNode model = object(root, "model_cfg");
    JsonNode vision = object(model, "vision_cfg");
    JsonNode text = object(model, "text_cfg");
    refuseUnknown(model, "model_cfg", MODEL);
    refuseUnknown(vision, "vision_cfg", VISION);
    refuseUnknown(text, "text_cfg", TEXT);
    try {
      return new ClipConfig(
          name,
          integer(model, "embed_dim"),
          vision(vision),
          text(text),
          json.flag(model, "quick_gelu"),
          normalization(root));
    } catch (InputException e) {
      throw e.where().startsWith(file.toString())
          ? e
          : new InputException(file, e.where() + ": " + e.problem(), e.remedy(), e);
    }
  }

  private ClipConfig.Vision vision(JsonNode node) {
    int width = integer(node, "width");
    int headWidth = node.has("head_width") ? integer(node, "head_width") : 64;
    if (headWidth < 1 || width % headWidth != 0) {
      throw json.fault(
          "vision_cfg.width " + width + " is not a multiple of head_width " + headWidth);
    }
    return new ClipConfig.Vision(
        side(node, "image_size"),
        side(node, "patch_size"),
        width,
        layers(node),
        width / headWidth,
        mlpWidth(node, width),
        stem(node));
  }

  /** This project's own extension, which OpenCLIP does not know. */
  private Optional<ClipStem> stem(JsonNode vision) {
    JsonNode value = vision.path("stem");
    if (value.isMissingNode() || value.isNull() || value.equals(BooleanNode.FALSE)) {
      return Optional.empty();
    }
    JsonNode node = object(vision, "stem");
    refuseUnknown(node, "vision_cfg.stem", STEM);
    JsonNode kind = node.path("kind");
    if (!kind.isTextual() || !kind.asText().equals(ClipStem.KIND)) {
      throw json.fault(
          "vision_cfg.stem.kind is " + ConfigJson.shown(kind) + ", not \"" + ClipStem.KIND + "\"");
    }
    JsonNode layer = node.path("layer");
    if (!layer.isIntegralNumber() || !layer.canConvertToInt()) {
      throw json.fault("vision_cfg.stem.layer is " + ConfigJson.shown(layer) + ", not a number");
    }
    return Optional.of(new ClipStem(blocks(node.path("blocks")), layer.asInt()));
  }

  private List<Integer> blocks(JsonNode value) {
    List<Integer> blocks = new ArrayList<>();
    boolean numbers = value.isArray() && value.size() <= ConfigJson.MOST_LAYERS;
    for (JsonNode block : value) {
      numbers &= block.isIntegralNumber() && block.canConvertToInt();
      blocks.add(block.asInt());
    }
    if (!numbers) {
      throw json.fault(
          "vision_cfg.stem.blocks is " + ConfigJson.shown(value) + ", not a list of numbers");
    }
    return blocks;
  }

  private ClipConfig.Text text(JsonNode node) {
    int width = integer(node, "width");
    return new ClipConfig.Text(
        integer(node, "context_length"),
        integer(node, "vocab_size"),
        width,
        layers(node),
        integer(node, "heads"),
        mlpWidth(node, width));
  }

  private int mlpWidth(JsonNode node, int width) {
    JsonNode ratio = node.path("mlp_ratio");
    if (ratio.isMissingNode()) {
      return 4 * width;
    }
    if (!ratio.isNumber() || !(ratio.asDouble() > 0 && ratio.asDouble() < 1000)) {
      throw json.fault("mlp_ratio is " + ConfigJson.shown(ratio) + ", not a number in 0..1000");
    }
    return (int) (width * ratio.asDouble());
  }

  private ClipNormalization normalization(JsonNode root) {
    if (!root.has("preprocess_cfg")) {
      return ClipNormalization.CLIP;
    }
    JsonNode node = object(root, "preprocess_cfg");
    if (!node.has("mean") && !node.has("std")) {
      return ClipNormalization.CLIP;
    }
    return new ClipNormalization(
        json.channels(node, "preprocess_cfg.", "mean"),
        json.channels(node, "preprocess_cfg.", "std"));
  }

  private JsonNode object(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isObject()) {
      throw json.fault("has no object " + field);
    }
    return node;
  }

  private void refuseUnknown(JsonNode node, String where, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String field = entry.getKey();
      JsonNode value = entry.getValue();
      boolean off = value.isNull() || value.equals(BooleanNode.FALSE);
      boolean harmless = HARMLESS.getOrDefault(field, Set.of()).contains(value.asText());
      if (!known.contains(field) && !off && !harmless) {
        throw new InputException(
            file,
            where
                + "."
                + ConfigJson.cut(field)
                + " = "
                + ConfigJson.shown(value)
                + " is not supported",
            "use a plain OpenCLIP ViT such as ViT-B-16-plus-240");
      }
    }
  }

  private int integer(JsonNode node, String field) {
    return json.integer(field, node.path(field), ConfigJson.LARGEST_SIZE);
  }

  private int layers(JsonNode node) {
    return json.integer("layers", node.path("layers"), ConfigJson.MOST_LAYERS);
  }

  /** A side: one number, or OpenCLIP's {@code [height, width]} where both are the same. */
  private int side(JsonNode node, String field) {
    JsonNode value = node.path(field);
    boolean square = value.isArray() && value.size() == 2 && value.get(0).equals(value.get(1));
    return json.integer(field, square ? value.get(0) : value, ConfigJson.LARGEST_SIDE);
  }
}
