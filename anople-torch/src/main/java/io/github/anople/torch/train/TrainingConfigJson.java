package io.github.anople.torch.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.json.StrictJson;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.prompt.Interaction;
import java.util.Locale;

/** A configuration as JSON: in detectors and checkpoints, and in files that people write. */
public final class TrainingConfigJson {

  private static final String REMEDY = "see anople train --print-config for all settings";

  private TrainingConfigJson() {}

  /**
   * As JSON, fields always in the same order.
   *
   * @param config the configuration
   * @return a new tree
   */
  public static ObjectNode toTree(TrainingConfig config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("interaction", config.interaction().id());
    json.put("text_context", config.textContext());
    json.put("visual_context", config.visualContext());
    put(json, "depth", config.depth());
    json.put("sub_images", config.subImages());
    json.put("view_signal", config.viewSignal());
    json.put("align", config.align().id());
    json.put("pixel_anomalies", config.pixelAnomalies());
    json.put("latent_anomalies", config.latentAnomalies());
    json.put("pixel_losses", config.pixelLosses());
    ArrayNode words = json.putArray("state_words");
    config.stateWords().forEach(words::add);
    json.put("class_word", config.classWord().name().toLowerCase(Locale.ROOT));
    json.put("memory", config.memory());
    put(json, "memory_first", config.memoryFirst());
    put(json, "memory_last", config.memoryLast());
    json.put("memory_shifts", config.memoryShifts());
    json.put("detection_shifts", config.detectionShifts());
    json.put("coreset", config.coreset());
    json.put("epochs", config.epochs());
    json.put("prompt_rate", config.promptRate());
    json.put("decoder_rate", config.decoderRate());
    json.put("warmup_epochs", config.warmupEpochs());
    json.put("momentum", config.momentum());
    json.put("weight_decay", config.weightDecay());
    json.put("image_size", config.imageSize());
    json.put("seed", config.seed());
    return json;
  }

  private static void put(ObjectNode json, String field, ScaledLayer layer) {
    json.putObject(field).put("layer", layer.layer()).put("of", layer.of());
  }

  /**
   * Reads what {@link #toTree} made.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the configuration, its values checked
   * @throws io.github.anople.core.InputException naming the file and the field at fault
   */
  public static TrainingConfig parse(String json, String where) {
    return StrictJson.parse(json, where, "configuration", TrainingConfigJson::read);
  }

  /**
   * Changes some settings.
   *
   * @param config where to start from
   * @param changes a JSON object with some of the fields that {@link #toTree} writes
   * @param where what the changes are of, for messages
   * @return the changed configuration, its values checked
   * @throws io.github.anople.core.InputException naming the field at fault
   */
  public static TrainingConfig changed(TrainingConfig config, String changes, String where) {
    ObjectNode tree = toTree(config);
    try {
      tree.setAll((ObjectNode) new JsonMapper().readTree(changes));
    } catch (JsonProcessingException | ClassCastException e) {
      throw new InputException(where, "its settings are no JSON object", REMEDY, e);
    }
    return StrictJson.parse(tree.toString(), where, "settings", REMEDY, TrainingConfigJson::read);
  }

  private static TrainingConfig read(StrictJson json) {
    return new TrainingConfig(
        Interaction.of(json.text("interaction")),
        json.count("text_context"),
        json.count("visual_context"),
        json.object("depth", TrainingConfigJson::layer),
        json.flag("sub_images"),
        json.flag("view_signal"),
        AlignMode.of(json.text("align")),
        json.flag("pixel_anomalies"),
        json.flag("latent_anomalies"),
        json.flag("pixel_losses"),
        json.texts("state_words"),
        classWord(json.text("class_word")),
        json.flag("memory"),
        json.object("memory_first", TrainingConfigJson::layer),
        json.object("memory_last", TrainingConfigJson::layer),
        json.has("memory_shifts") ? json.count("memory_shifts") : 1,
        json.has("detection_shifts") ? json.count("detection_shifts") : 1,
        json.has("coreset") ? json.number("coreset") : 1,
        json.count("epochs"),
        json.number("prompt_rate"),
        json.number("decoder_rate"),
        json.count("warmup_epochs"),
        json.number("momentum"),
        json.number("weight_decay"),
        json.count("image_size"),
        json.integer("seed"));
  }

  private static ScaledLayer layer(StrictJson json) {
    return new ScaledLayer(json.count("layer"), json.count("of"));
  }

  private static TrainingConfig.ClassWord classWord(String id) {
    return switch (id) {
      case "name" -> TrainingConfig.ClassWord.NAME;
      case "object" -> TrainingConfig.ClassWord.OBJECT;
      default -> throw new IllegalArgumentException("'" + id + "' is neither name nor object");
    };
  }
}
