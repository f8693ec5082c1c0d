package io.github.anople.benchmark.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** PromptAD's reference run: its backbone, its words and its numbers, whatever they are. */
final class GoldenPromptAd implements AutoCloseable {

  private static final String FOLDER = "promptad/";

  /** What {@code config.json} tells. */
  record Config(
      String clip,
      String object,
      Map<String, List<String>> sets,
      List<Integer> objectIds,
      List<List<Integer>> stateIds,
      PromptAdPrompts.Shape shape,
      int shots,
      List<Integer> layers,
      int firstValues,
      int out,
      double sigma,
      double margin,
      double lambda,
      PromptAdTraining.Schedule schedule,
      int steps,
      Map<String, PromptAdSetting> settings,
      List<Double> mean,
      List<Double> deviation) {}

  final Golden vision = Golden.open(FOLDER + "vision.safetensors");
  final Golden prompts = Golden.open(FOLDER + "prompts.safetensors");
  final Config config = read();
  final ClipModel clip =
      OpenClipWeights.open(Fixtures.golden(FOLDER + config.clip()).normalize())
          .load(Precision.FP32, ComputeDevice.CPU);
  final Parameters contexts = Parameters.of(first(), true);

  private static Config read() {
    try {
      return config(
          new JsonMapper().readTree(Files.readString(Fixtures.golden(FOLDER + "config.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config config(JsonNode json) {
    return new Config(
        json.required("clip").asText(),
        json.required("object").asText(),
        named(json.required("sets"), set -> list(set, JsonNode::asText)),
        ids(json.required("object_ids")),
        list(json.required("state_ids"), GoldenPromptAd::ids),
        new PromptAdPrompts.Shape(
            json.required("N").asInt(),
            json.required("E_n").asInt(),
            json.required("M").asInt(),
            json.required("E_a").asInt()),
        json.required("shots").asInt(),
        list(json.required("memory_layers"), JsonNode::asInt),
        json.required("first_vv_layer").asInt(),
        json.required("out").asInt(),
        json.required("sigma").asDouble(),
        json.required("margin").asDouble(),
        json.required("lambda").asDouble(),
        new PromptAdTraining.Schedule(
            json.required("lr").asDouble(),
            json.required("least_rate").asDouble(),
            json.required("momentum").asDouble(),
            json.required("weight_decay").asDouble(),
            json.required("epochs").asInt()),
        json.required("steps").asInt(),
        named(json.required("settings"), GoldenPromptAd::setting),
        list(json.required("mean"), JsonNode::asDouble),
        list(json.required("std"), JsonNode::asDouble));
  }

  private static <T> Map<String, T> named(JsonNode object, Function<JsonNode, T> reader) {
    Map<String, T> named = new LinkedHashMap<>();
    object.properties().forEach(one -> named.put(one.getKey(), reader.apply(one.getValue())));
    return named;
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
    List<T> list = new ArrayList<>();
    array.forEach(one -> list.add(reader.apply(one)));
    return list;
  }

  private static List<Integer> ids(JsonNode array) {
    return list(array, JsonNode::asInt);
  }

  private static PromptAdSetting setting(JsonNode json) {
    return new PromptAdSetting(
        PromptAdSetting.Order.valueOf(upper(json, "order")),
        PromptAdSetting.Scale.valueOf(upper(json, "scale")),
        PromptAdSetting.Distance.valueOf(upper(json, "ema")),
        PromptAdSetting.Alignment.valueOf(upper(json, "align")),
        PromptAdSetting.MemoryRows.valueOf(upper(json, "memory")));
  }

  private static String upper(JsonNode json, String name) {
    return json.required(name).asText().toUpperCase(Locale.ROOT);
  }

  /** First values of the contexts. */
  Map<String, FloatTensor> first() {
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    for (String name : List.of(PromptAdPrompts.NORMAL, PromptAdPrompts.ABNORMAL)) {
      values.put(
          name,
          new FloatTensor(
              Arrays.stream(prompts.shape(name)).boxed().toList(), prompts.floats(name)));
    }
    return values;
  }

  /** The prompts of a set of states in an order. */
  PromptAdPrompts prompts(String set, PromptAdSetting.Order order) {
    return PromptAdPrompts.of(
        clip,
        List.of(new PromptAdStates.Named(config.object(), config.sets().get(set))),
        config.shape(),
        order);
  }

  /** The features of those prompts, in one graph. */
  PromptAdPrompts.Features features(String set, PromptAdSetting.Order order) {
    PromptAdPrompts prompts = prompts(set, order);
    return prompts.parted(prompts.encoded(prompts.texts(), contexts));
  }

  /** The losses of a setting. */
  PromptAdLosses losses(PromptAdSetting setting) {
    return new PromptAdLosses(
        setting.scale().of(clip.logitScale()),
        setting.distance(),
        setting.alignment(),
        config.margin(),
        config.lambda());
  }

  /** What is seen of the shots, of the current scope. */
  PromptAdLook.Seen shots(PromptAdSetting.MemoryRows rows) {
    return look(rows).look(pixels("shots"));
  }

  /** What is seen of the queries, of the current scope. */
  PromptAdLook.Seen queries(PromptAdSetting.MemoryRows rows) {
    return look(rows).look(pixels("queries"));
  }

  /** Sees as the reference run does. */
  PromptAdLook look(PromptAdSetting.MemoryRows rows) {
    return new PromptAdLook(clip, config.layers(), rows, config.firstValues());
  }

  /** Pictures as the tower takes them. */
  Tensor pixels(String name) {
    Tensor unit = GoldenModel.mask(vision, name).div(new Scalar(255.0));
    return unit.sub(channels(config.mean())).div(channels(config.deviation()));
  }

  private static Tensor channels(List<Double> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).floatValue();
    }
    return Tensors.of(numbers, 1, numbers.length, 1, 1);
  }

  @Override
  public void close() {
    contexts.close();
    clip.close();
  }
}
