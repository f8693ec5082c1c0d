package io.github.anople.torch.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The tiny checkpoint as transformers' {@code CLIPModel.save_pretrained} would write it. */
record TransformersCheckpoint(Path folder) {

  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";

  private static final JsonMapper JSON = new JsonMapper();

  /** Writes configuration, vocabulary and weights into a new folder. */
  static TransformersCheckpoint in(Path folder) throws IOException {
    TinyCheckpoint tiny = TinyCheckpoint.in(folder);
    Map<String, TensorSource> tensors = new LinkedHashMap<>();
    tiny.read().values().forEach(tensor -> rename(tensors, tensor));
    SafetensorsFile.write(
        folder.resolve(WEIGHTS), Map.of("format", "pt"), List.copyOf(tensors.values()));
    JsonNode model = JSON.readTree(tiny.file(TinyCheckpoint.CONFIG).toFile()).get("model_cfg");
    Files.writeString(folder.resolve(CONFIG), config(model).toPrettyString());
    tiny.without(TinyCheckpoint.CONFIG).without(TinyCheckpoint.WEIGHTS);
    return new TransformersCheckpoint(folder);
  }

  private static ObjectNode config(JsonNode model) {
    ObjectNode config = JSON.createObjectNode();
    config.put("model_type", "clip").put("projection_dim", model.get("embed_dim").asInt());
    config.putArray("architectures").add("CLIPModel");
    JsonNode vision = model.get("vision_cfg");
    int width = vision.get("width").asInt();
    config
        .putObject("vision_config")
        .put("model_type", "clip_vision_model")
        .put("hidden_act", "gelu")
        .put("hidden_size", width)
        .put("intermediate_size", 4 * width)
        .put("num_attention_heads", width / vision.get("head_width").asInt())
        .put("num_hidden_layers", vision.get("layers").asInt())
        .put("image_size", vision.get("image_size").asInt())
        .put("patch_size", vision.get("patch_size").asInt())
        .put("layer_norm_eps", 1e-5);
    JsonNode text = model.get("text_cfg");
    config
        .putObject("text_config")
        .put("model_type", "clip_text_model")
        .put("hidden_act", "gelu")
        .put("hidden_size", text.get("width").asInt())
        .put("intermediate_size", 4 * text.get("width").asInt())
        .put("num_attention_heads", text.get("heads").asInt())
        .put("num_hidden_layers", text.get("layers").asInt())
        .put("max_position_embeddings", text.get("context_length").asInt())
        .put("vocab_size", text.get("vocab_size").asInt());
    return config;
  }

  private static void rename(Map<String, TensorSource> tensors, TensorSource tensor) {
    float[] values = TinyCheckpoint.floats(tensor);
    String name = named(tensor.name());
    List<Long> shape = tensor.shape();
    if (name.contains("in_proj_")) {
      int part = values.length / 3;
      List<Long> third =
          shape.size() == 1 ? List.of(shape.get(0) / 3) : List.of(shape.get(0) / 3, shape.get(1));
      for (int i = 0; i < 3; i++) {
        String of = name.replace("in_proj_", "kqv".charAt(i) + "_proj.");
        int from = List.of(1, 0, 2).get(i) * part; // k, q, v as there; query first as here
        put(tensors, of, third, Arrays.copyOfRange(values, from, from + part));
      }
    } else if (name.endsWith("_projection.weight")) {
      put(tensors, name, List.of(shape.get(1), shape.get(0)), transposed(values, shape));
    } else {
      put(tensors, name, shape, values);
    }
  }

  private static String named(String name) {
    String tower = name.startsWith("visual.") ? "vision_model." : "text_model.";
    return switch (name) {
      case "logit_scale" -> name;
      case "visual.proj" -> "visual_projection.weight";
      case "text_projection" -> "text_projection.weight";
      case "positional_embedding", "visual.positional_embedding" ->
          tower + "embeddings.position_embedding.weight";
      case "visual.class_embedding" -> tower + "embeddings.class_embedding";
      case "visual.conv1.weight" -> tower + "embeddings.patch_embedding.weight";
      case "token_embedding.weight" -> tower + "embeddings.token_embedding.weight";
      default ->
          tower
              + name.replaceFirst("^visual\\.", "")
                  .replace("transformer.resblocks", "encoder.layers")
                  .replace("attn.", "self_attn.")
                  .replace("ln_1", "layer_norm1")
                  .replace("ln_2", "layer_norm2")
                  .replace("c_fc", "fc1")
                  .replace("c_proj", "fc2")
                  .replace("ln_pre", "pre_layrnorm")
                  .replace("ln_post", "post_layernorm")
                  .replace("ln_final", "final_layer_norm");
    };
  }

  private static float[] transposed(float[] values, List<Long> shape) {
    int rows = Math.toIntExact(shape.get(0));
    int columns = Math.toIntExact(shape.get(1));
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i % columns * rows + i / columns] = values[i];
    }
    return result;
  }

  private static void put(
      Map<String, TensorSource> tensors, String name, List<Long> shape, float[] values) {
    tensors.put(name, TensorSource.of(name, shape, values));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Changes the configuration. */
  TransformersCheckpoint config(Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(file(CONFIG).toFile());
    change.accept(root);
    Files.writeString(file(CONFIG), root.toString());
    return this;
  }

  /** Changes the tensors; the map is by name, in the file's order. */
  TransformersCheckpoint tensors(Consumer<Map<String, TensorSource>> change) {
    TinyCheckpoint.change(file(WEIGHTS), change);
    return this;
  }

  Map<String, TensorSource> read() {
    return TinyCheckpoint.read(file(WEIGHTS));
  }

  float[] features() {
    return TinyCheckpoint.features(folder);
  }

  void refused(String... parts) {
    TinyCheckpoint.refused(folder, parts);
  }
}
