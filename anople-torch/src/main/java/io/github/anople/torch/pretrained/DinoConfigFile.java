package io.github.anople.torch.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.torch.encoder.dino.DinoConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What stands beside a DINOv2's weights: transformers' configuration, or the heads of a hub file.
 */
final class DinoConfigFile {

  private final ConfigJson json;
  private final JsonNode root;

  private DinoConfigFile(Path file) {
    this.json = new ConfigJson(file);
    this.root = json.readTree();
  }

  /**
   * The heads that {@code NAME.json} beside a hub's {@code NAME.pth} tells as {@code num_heads}, if
   * there is such a file.
   */
  static OptionalInt headsBeside(Path weights) {
    String name = weights.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path file = weights.resolveSibling(name.substring(0, dot < 0 ? name.length() : dot) + ".json");
    return Files.isRegularFile(file)
        ? OptionalInt.of(new DinoConfigFile(file).integer("num_heads", ConfigJson.LARGEST_SIZE))
        : OptionalInt.empty();
  }

  /** Completes what the shapes tell by transformers' configuration, which must say the same. */
  static DinoConfig read(Path file, DinoShapes shapes) {
    DinoConfigFile config = new DinoConfigFile(file);
    config.plain();
    DinoConfig told =
        shapes.config(
            OptionalInt.of(config.integer("num_attention_heads", ConfigJson.LARGEST_SIZE)));
    config.same("patch_size", told.patch());
    config.same("hidden_size", told.width());
    config.same("num_hidden_layers", told.layers());
    config.same("num_register_tokens", told.registers());
    boolean withRegisters = config.text("model_type").equals("dinov2_with_registers");
    if (withRegisters != told.registers() > 0) {
      throw config.json.fault(
          "model_type is dinov2"
              + (withRegisters ? "_with_registers" : "")
              + ", but the weights have "
              + told.registers()
              + " registers");
    }
    return config.completed(told);
  }

  /** Refuses what this program does not compute. */
  private void plain() {
    String type = text("model_type");
    if (!List.of("dinov2", "dinov2_with_registers").contains(type)) {
      throw json.fault(
          "model_type is " + ConfigJson.shown(root.path("model_type")) + ", not a DINOv2's");
    }
    if (root.has("hidden_act") && !text("hidden_act").equals("gelu")) {
      throw json.fault("hidden_act is " + ConfigJson.shown(root.path("hidden_act")) + ", not gelu");
    }
    if (root.has("qkv_bias") && !json.flag(root, "qkv_bias")) {
      throw json.fault("qkv_bias is false, which this program does not compute");
    }
  }

  private DinoConfig completed(DinoConfig told) {
    JsonNode epsilon = root.path("layer_norm_eps");
    if (epsilon.isMissingNode()) {
      return told;
    }
    if (!epsilon.isNumber() || !(epsilon.asDouble() > 0 && epsilon.asDouble() < 1)) {
      throw json.fault(
          "layer_norm_eps is " + ConfigJson.shown(epsilon) + ", not a number between 0 and 1");
    }
    return new DinoConfig(
        told.patch(),
        told.width(),
        told.layers(),
        told.heads(),
        told.registers(),
        told.hidden(),
        told.swiGlu(),
        told.storedGrid(),
        epsilon.asDouble(),
        told.rule());
  }

  private String text(String field) {
    return root.path(field).asText();
  }

  private int integer(String field, int largest) {
    return json.integer(field, root.path(field), largest);
  }

  private void same(String field, int told) {
    JsonNode value = root.path(field);
    if (!value.isMissingNode() && !(value.isIntegralNumber() && value.asLong() == told)) {
      throw json.fault(
          String.format(
              Locale.ROOT,
              "%s is %s, but the weights have %d",
              field,
              ConfigJson.shown(value),
              told));
    }
  }
}
