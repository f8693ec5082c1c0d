package io.github.anople.torch.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.clip.ClipConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the {@code config.json} of a CLIP of transformers, and the normalisation in the {@code
 * preprocessor_config.json} beside it. What is not in it has transformers' own default, as there.
 */
final class TransformersClipConfig {

  private static final String TYPE = "clip";
  private static final double EPSILON = 1e-5;

  private final ConfigJson json;
  private final JsonNode root;

  private TransformersClipConfig(Path file) {
    this.json = new ConfigJson(file);
    this.root = json.readTree();
  }

  /**
   * Reads and checks a configuration.
   *
   * @param name what to call the architecture
   */
  static ClipConfig read(Path file, String name) {
    try {
      return new TransformersClipConfig(file).parse(name);
    } catch (InputException e) {
      throw e.where().startsWith(file.getParent().toString())
          ? e
          : new InputException(file, e.where() + ": " + e.problem(), e.remedy(), e);
    }
  }

  private ClipConfig parse(String name) {
    JsonNode type = root.path("model_type");
    if (!type.asText().equals(TYPE)) {
      throw new InputException(
          json.file(),
          "model_type is " + ConfigJson.shown(type) + ", not \"" + TYPE + "\"",
          "give a CLIP of transformers, or of OpenCLIP");
    }
    Part vision = new Part("vision_config");
    Part text = new Part("text_config");
    boolean quick = vision.quickGelu();
    if (quick != text.quickGelu()) {
      throw json.fault("hidden_act of vision_config and text_config are not the same");
    }
    vision.same("num_channels", 3);
    return new ClipConfig(
        name,
        json.integer(
            "projection_dim", or(root.path("projection_dim"), 512), ConfigJson.LARGEST_SIZE),
        new ClipConfig.Vision(
            vision.side("image_size", 224),
            vision.side("patch_size", 32),
            vision.integer("hidden_size", 768),
            vision.layers(),
            vision.integer("num_attention_heads", 12),
            vision.integer("intermediate_size", 3072)),
        new ClipConfig.Text(
            text.integer("max_position_embeddings", 77),
            text.integer("vocab_size", 49408),
            text.integer("hidden_size", 512),
            text.layers(),
            text.integer("num_attention_heads", 8),
            text.integer("intermediate_size", 2048)),
        quick,
        normalization());
  }

  private ClipNormalization normalization() {
    Path file = json.file().resolveSibling("preprocessor_config.json");
    if (!Files.isRegularFile(file)) {
      return ClipNormalization.CLIP;
    }
    ConfigJson other = new ConfigJson(file);
    JsonNode node = other.readTree();
    if (!node.has("image_mean") && !node.has("image_std")) {
      return ClipNormalization.CLIP;
    }
    return new ClipNormalization(
        other.channels(node, "", "image_mean"), other.channels(node, "", "image_std"));
  }

  private static JsonNode or(JsonNode value, int standard) {
    return value.isMissingNode() || value.isNull() ? IntNode.valueOf(standard) : value;
  }

  /** A tower's settings; where its older form {@code NAME_dict} says something else, that holds. */
  private final class Part {

    private final String name;

    Part(String name) {
      this.name = name;
    }

    private JsonNode value(String field) {
      JsonNode older = root.path(name + "_dict").path(field);
      return older.isMissingNode() || older.isNull() ? root.path(name).path(field) : older;
    }

    int integer(String field, int standard) {
      return json.integer(name + "." + field, or(value(field), standard), ConfigJson.LARGEST_SIZE);
    }

    int side(String field, int standard) {
      return json.integer(name + "." + field, or(value(field), standard), ConfigJson.LARGEST_SIDE);
    }

    int layers() {
      return json.integer(
          name + ".num_hidden_layers", or(value("num_hidden_layers"), 12), ConfigJson.MOST_LAYERS);
    }

    void same(String field, int only) {
      if (integer(field, only) != only) {
        throw json.fault(name + "." + field + " is " + value(field) + ", not " + only);
      }
    }

    /** The activation; the one of transformers' default where nothing is said. */
    boolean quickGelu() {
      JsonNode epsilon = value("layer_norm_eps");
      if (!epsilon.isMissingNode() && epsilon.asDouble() != EPSILON) {
        throw json.fault(
            name + ".layer_norm_eps is " + ConfigJson.shown(epsilon) + ", not " + EPSILON);
      }
      JsonNode value = value("hidden_act");
      String activation = value.isMissingNode() || value.isNull() ? "quick_gelu" : value.asText();
      return switch (activation) {
        case "quick_gelu" -> true;
        case "gelu" -> false;
        default ->
            throw json.fault(
                name
                    + ".hidden_act is "
                    + ConfigJson.shown(value)
                    + ", neither \"quick_gelu\" nor \"gelu\"");
      };
    }
  }
}
