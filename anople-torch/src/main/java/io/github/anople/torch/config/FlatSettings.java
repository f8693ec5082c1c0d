package io.github.anople.torch.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings as they were written before they had groups, all at one level: detectors, checkpoints
 * and people's files still hold them.
 */
final class FlatSettings {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("interaction", "prompts.interaction"),
          Map.entry("text_context", "prompts.text_context"),
          Map.entry("visual_context", "prompts.visual_context"),
          Map.entry("depth", "prompts.depth"),
          Map.entry("state_words", "prompts.state_words"),
          Map.entry("class_word", "prompts.class_word"),
          Map.entry("sub_images", "views.sub_images"),
          Map.entry("view_signal", "views.signal"),
          Map.entry("pixel_anomalies", "anomalies.pixel"),
          Map.entry("latent_anomalies", "anomalies.latent"),
          Map.entry("align", "losses.align"),
          Map.entry("pixel_losses", "losses.pixel"),
          Map.entry("memory", "memory.enabled"),
          Map.entry("memory_first", "memory.first_layer"),
          Map.entry("memory_last", "memory.last_layer"),
          Map.entry("memory_shifts", "memory.shifts"),
          Map.entry("coreset", "memory.coreset"),
          Map.entry("detection_shifts", "detection.shifts"),
          Map.entry("epochs", "optimizer.epochs"),
          Map.entry("prompt_rate", "optimizer.prompt_rate"),
          Map.entry("decoder_rate", "optimizer.decoder_rate"),
          Map.entry("warmup_epochs", "optimizer.warmup_epochs"),
          Map.entry("momentum", "optimizer.momentum"),
          Map.entry("weight_decay", "optimizer.weight_decay"));

  /**
   * What earlier versions did not have, and did as with these values, as JSON; in order, so that of
   * several settings that are missing the same one is named every time.
   */
  private static final List<Map.Entry<String, String>> LATER =
      List.of(
          Map.entry("memory.shifts", "1"),
          Map.entry("memory.coreset", "1"),
          Map.entry("memory.encoder", "\"clip\""),
          Map.entry("memory.encoder_weights", "[]"),
          Map.entry("memory.views", "\"none\""),
          Map.entry("trunk.grid", "0"),
          Map.entry("trunk.blocks", "[2,5,9]"),
          Map.entry("dinov2.image_size", "448"),
          Map.entry("dinov2.layers", "[]"),
          Map.entry("dinov2.combine", "\"mean\""),
          Map.entry("dinov2.norm", "true"),
          Map.entry("detection.shifts", "1"),
          Map.entry("detection.image_score", "\"max\""),
          Map.entry("detection.fusion", "\"harmonic\""),
          Map.entry("detection.prompt_weights", "[]"),
          Map.entry("scene.enabled", "false"),
          Map.entry("tiles.columns", "1"),
          Map.entry("tiles.rows", "1"),
          Map.entry("tiles.size", "0"),
          Map.entry("tiles.overlap", "0.1"),
          Map.entry("tiles.memory", "\"shared\""),
          Map.entry("optimizer.shared_epochs", "false"),
          Map.entry("prompts.normal_words", "[\"%s\"]"));

  private FlatSettings() {}

  /** Today's name of an old one. */
  static Optional<String> today(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /** Today's name of a field: an old one is renamed, except where it is a group of settings now. */
  static String today(String name, JsonNode value) {
    return value.isObject() && name.equals("memory") ? name : NAMES.getOrDefault(name, name);
  }

  /** Today's form of a value. */
  static JsonNode value(JsonNode value) {
    JsonNode layer = value.path("layer");
    JsonNode of = value.path("of");
    if (value.size() != 2 || !layer.isInt() || !of.isInt()) {
      return value;
    }
    return of.intValue() == 0 ? layer : new TextNode(layer + "/" + of);
  }

  /** A whole configuration in today's form; what is not an old one stays as it is. */
  static String nested(String json) {
    JsonNode tree;
    try {
      tree = Settings.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return json; // Who reads it tells the fault.
    }
    if (!(tree instanceof ObjectNode written)) {
      return json;
    }
    ObjectNode nested = JsonNodeFactory.instance.objectNode();
    if (!written.has("interaction")) {
      nested.setAll(written);
      LATER.forEach(
          later -> {
            String name = later.getKey();
            JsonNode group = nested.path(name.substring(0, name.indexOf('.')));
            boolean missing = nested.at("/" + name.replace('.', '/')).isMissingNode();
            if (missing && (group.isMissingNode() || group.isObject())) {
              Settings.put(nested, name, Settings.json(later.getValue()));
            }
          });
      return nested.toString();
    }
    LATER.forEach(later -> Settings.put(nested, later.getKey(), Settings.json(later.getValue())));
    written
        .properties()
        .forEach(
            field ->
                Settings.put(
                    nested, today(field.getKey(), field.getValue()), value(field.getValue())));
    return nested.toString();
  }
}
