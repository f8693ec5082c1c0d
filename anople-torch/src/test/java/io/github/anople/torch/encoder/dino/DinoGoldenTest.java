package io.github.anople.torch.encoder.dino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tensor of {@code dinov2/}, whatever its sizes; of the file, none may be left over. */
class DinoGoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "registers", "swiglu"})
  void torchHubsFileGivesTorchHubsNumbers(String name) {
    check(name, GoldenDino.of(name).hub(), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "swiglu"})
  void transformersFolderGivesTransformersNumbers(String name) {
    check(name, GoldenDino.of(name).transformers(), true);
  }

  /** Both programs have one rule for models with registers, so the numbers are the same. */
  @ParameterizedTest
  @ValueSource(strings = "registers")
  void withRegistersTransformersFolderGivesTheSameNumbers(String name) {
    check(name, GoldenDino.of(name).transformers(), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "registers", "swiglu"})
  void bothLayoutsOfTheWeightsDifferOnlyInTheirRule(String name) {
    GoldenDino golden = GoldenDino.of(name);
    try (DinoModel hub = GoldenDino.load(golden.hub());
        DinoModel transformers = GoldenDino.load(golden.transformers())) {
      assertEquals(golden.golden().setting("rule"), hub.config().rule().id());
      assertEquals(golden.golden().setting("hf_rule"), transformers.config().rule().id());
      for (String tensor : DinoTensorNames.shapes(hub.config()).keySet()) {
        assertEquals(
            List.of(hub.weight(tensor).shape(), floats(hub.weight(tensor).values())),
            List.of(
                transformers.weight(tensor).shape(), floats(transformers.weight(tensor).values())),
            tensor);
      }
    }
  }

  private static List<Float> floats(float[] values) {
    Float[] boxed = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return List.of(boxed);
  }

  private static void check(String name, Path weights, boolean transformers) {
    GoldenDino golden = GoldenDino.of(name);
    try (DinoModel model = GoldenDino.load(weights)) {
      assertEquals(Double.parseDouble(golden.golden().setting("eps")), model.config().epsilon());
      assertEquals(Integer.parseInt(golden.golden().setting("heads")), model.config().heads());
      Set<String> groups = golden.groups(transformers);
      assertFalse(groups.isEmpty());
      for (String group : groups) {
        Checking checking = new Checking(golden, model, group);
        TensorScope.inference(
            () -> {
              checking.group();
              return null;
            });
        Set<String> left = new TreeSet<>(golden.golden().names());
        left.removeIf(tensor -> !tensor.startsWith(group + "/"));
        left.removeAll(checking.checked);
        left.remove(group + "/pixels");
        assertEquals(Set.of(), left);
      }
    }
  }

  /** Computes what a group may hold and compares what it does hold. */
  private static final class Checking {

    private final GoldenDino source;
    private final Golden golden;
    private final DinoModel model;
    private final String group;
    private final Set<String> checked = new TreeSet<>();

    Checking(GoldenDino source, DinoModel model, String group) {
      this.source = source;
      this.golden = source.golden();
      this.model = model;
      this.group = group;
    }

    void group() {
      Tensor image = normalized(source.images(group));
      check("image", image);
      int patch = model.config().patch();
      Tensor positions = model.positions((int) image.size(2) / patch, (int) image.size(3) / patch);
      check("pos", positions);
      Tensor embedded = model.embed(image, positions);
      check("embedded", embedded);
      Set<Integer> wanted = new TreeSet<>(source.integers("layers"));
      wanted.addAll(source.integers("mean_layers"));
      wanted.add(model.config().layers());
      Map<Integer, Tensor> layers = model.run(embedded, wanted);
      layers.forEach(
          (layer, tokens) -> {
            check("layer_" + layer, model.patches(tokens));
            check("layer_" + layer + "_norm", model.norm(model.patches(tokens)));
          });
      last(layers.get(model.config().layers()));
      means(layers);
    }

    private void last(Tensor tokens) {
      Tensor normed = model.norm(tokens);
      check("cls", normed.select(1, 0));
      check("registers", normed.narrow(1, 1, model.config().registers()));
      check("last_unit", Tensors.normalize(model.patches(normed)));
    }

    private void means(Map<Integer, Tensor> layers) {
      TensorVector plain = new TensorVector();
      TensorVector normed = new TensorVector();
      for (int layer : source.integers("mean_layers")) {
        plain.push_back(model.patches(layers.get(layer)));
        normed.push_back(model.norm(model.patches(layers.get(layer))));
      }
      Tensor mean = torch.stack(plain, 0).mean(0);
      check("mean", mean);
      check("mean_unit", Tensors.normalize(mean));
      check("mean_norm", torch.stack(normed, 0).mean(0));
    }

    private Tensor normalized(Tensor pixels) {
      List<Double> mean = source.numbers("mean");
      List<Double> deviation = source.numbers("std");
      TensorVector channels = new TensorVector();
      for (int channel = 0; channel < mean.size(); channel++) {
        channels.push_back(
            pixels
                .select(1, channel)
                .sub(new Scalar(mean.get(channel)))
                .div(new Scalar(deviation.get(channel))));
      }
      return torch.stack(channels, 1);
    }

    private void check(String tensor, Tensor actual) {
      String name = group + "/" + tensor;
      if (golden.contains(name)) {
        golden.check(name, Tensors.floats(actual));
        assertTrue(checked.add(name));
      }
    }
  }
}
