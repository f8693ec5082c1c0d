package io.github.anople.torch.encoder.dino;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/**
 * One of the golden folder's tiny DINOv2, with its reference numbers.
 *
 * @param name of the model
 * @param golden its file
 */
public record GoldenDino(String name, Golden golden) {

  /** The model of a name. */
  public static GoldenDino of(String name) {
    return new GoldenDino(name, Golden.open("dinov2/" + name + ".safetensors"));
  }

  /** The weights in torch hub's layout. */
  public Path hub() {
    return Fixtures.golden("dinov2/hub/" + name + ".pth");
  }

  /** The weights in transformers' layout. */
  public Path transformers() {
    return Fixtures.golden("dinov2/hf/" + name + "/model.safetensors");
  }

  /** The network of a weights file, in fp32. */
  public static DinoModel load(Path weights) {
    return DinoCheckpoint.open(weights, OptionalInt.empty())
        .load(Precision.FP32, ComputeDevice.CPU);
  }

  /** The groups of one rule: {@code HxW}, or {@code hf/HxW}. */
  Set<String> groups(boolean transformers) {
    Set<String> groups = new TreeSet<>();
    for (String tensor : golden.names()) {
      String group = tensor.substring(0, tensor.lastIndexOf('/'));
      if (group.startsWith("hf/") == transformers) {
        groups.add(group);
      }
    }
    return groups;
  }

  /** The pixels of a group in [0, 1], {@code [images, 3, H, W]}. */
  public Tensor images(String group) {
    return pixels(golden, group.replace("hf/", "") + "/pixels");
  }

  /** Pixels of 0 to 255 as numbers in [0, 1]. */
  public static Tensor pixels(Golden golden, String tensor) {
    long[] levels = golden.longs(tensor);
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = levels[i] / 255f;
    }
    return Tensors.of(values, golden.shape(tensor));
  }

  /** A list of whole numbers from the metadata. */
  List<Integer> integers(String key) {
    List<Integer> values = new ArrayList<>();
    json(key).forEach(value -> values.add(value.intValue()));
    return values;
  }

  /** A list of numbers from the metadata. */
  List<Double> numbers(String key) {
    List<Double> values = new ArrayList<>();
    json(key).forEach(value -> values.add(value.doubleValue()));
    return values;
  }

  private JsonNode json(String key) {
    try {
      return new JsonMapper().readTree(golden.setting(key));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(key + ": " + golden.setting(key), e);
    }
  }
}
