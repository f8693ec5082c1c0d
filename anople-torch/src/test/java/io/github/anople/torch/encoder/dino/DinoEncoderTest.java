package io.github.anople.torch.encoder.dino;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.DinoEncoders;
import io.github.anople.torch.pretrained.LoadedDino;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DinoEncoderTest {

  private static LoadedDino open(GoldenDino golden, DinoSettings settings, Precision precision) {
    return DinoEncoders.open(golden.hub().toString(), settings, precision, ComputeDevice.CPU);
  }

  private static LoadedDino open(GoldenDino golden, DinoSettings settings) {
    return open(golden, settings, Precision.FP32);
  }

  private static float[] encode(LoadedDino dino, Function<DinoEncoder, Tensor> images) {
    return TensorScope.inference(
        () -> Tensors.floats(dino.encoder().encode(images.apply(dino.encoder()))));
  }

  /** The groups of square images, which alone the encoder takes. */
  private static List<String> squares(GoldenDino golden) {
    return golden.groups(false).stream()
        .filter(group -> group.equals(side(group) + "x" + side(group)))
        .toList();
  }

  private static int side(String group) {
    return Integer.parseInt(group.substring(0, group.indexOf('x')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "registers", "swiglu"})
  void itSeesTheLastLayerUnlessToldOtherwise(String name) {
    GoldenDino golden = GoldenDino.of(name);
    for (String group : squares(golden)) {
      DinoSettings settings = new DinoSettings(side(group), List.of(), true, false);
      try (LoadedDino dino = open(golden, settings)) {
        assertEquals(side(group), dino.encoder().imageSize());
        assertEquals(side(group) / dino.encoder().model().config().patch(), dino.encoder().grid());
        assertEquals(dino.encoder().model().config().width(), dino.encoder().width());
        golden.golden().check(group + "/last_unit", encode(dino, e -> golden.images(group)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "registers", "swiglu"})
  void severalLayersAreAveraged(String name) {
    GoldenDino golden = GoldenDino.of(name);
    for (String group : squares(golden)) {
      DinoSettings settings =
          new DinoSettings(side(group), golden.integers("mean_layers"), false, false);
      try (LoadedDino dino = open(golden, settings)) {
        golden.golden().check(group + "/mean_unit", encode(dino, e -> golden.images(group)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "registers", "swiglu"})
  void theLastNormMayFollowEveryLayer(String name) {
    GoldenDino golden = GoldenDino.of(name);
    for (String group : squares(golden)) {
      DinoSettings settings =
          new DinoSettings(side(group), golden.integers("mean_layers"), true, false);
      float[] mean = golden.golden().floats(group + "/mean_norm");
      long[] shape = golden.golden().shape(group + "/mean_norm");
      float[] expected =
          TensorScope.inference(() -> Tensors.floats(Tensors.normalize(Tensors.of(mean, shape))));
      try (LoadedDino dino = open(golden, settings)) {
        assertArrayEquals(expected, encode(dino, e -> golden.images(group)), 5e-5f);
      }
    }
  }

  @Test
  void joinedLayersStandBehindEachOtherWithEqualWeight() {
    GoldenDino golden = GoldenDino.of("plain");
    String group = squares(golden).get(0);
    List<Integer> layers = golden.integers("layers");
    try (LoadedDino joined = open(golden, new DinoSettings(side(group), layers, false, true))) {
      float[] rows = encode(joined, e -> golden.images(group));
      int width = joined.encoder().model().config().width();
      assertEquals(width * layers.size(), joined.encoder().width());
      for (int layer = 0; layer < layers.size(); layer++) {
        DinoSettings one = new DinoSettings(side(group), List.of(layers.get(layer)), false, false);
        try (LoadedDino alone = open(golden, one)) {
          float[] expected = encode(alone, e -> golden.images(group));
          double share = 1 / Math.sqrt(layers.size());
          for (int i = 0; i < expected.length; i++) {
            int at = i / width * width * layers.size() + layer * width + i % width;
            assertEquals(expected[i] * share, rows[at], 1e-6);
          }
        }
      }
    }
  }

  @Test
  void halfPrecisionStaysNearAndFeaturesStayFp32() {
    GoldenDino golden = GoldenDino.of("swiglu");
    String group = squares(golden).get(0);
    DinoSettings settings = new DinoSettings(side(group), List.of(), true, false);
    try (LoadedDino exact = open(golden, settings);
        LoadedDino rough = open(golden, settings, Precision.BF16)) {
      float[] expected = encode(exact, e -> golden.images(group));
      float[] actual = encode(rough, e -> golden.images(group));
      double worst = 0;
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
      }
      assertTrue(worst > 1e-6 && worst < 0.1, "differs by " + worst);
    }
  }

  @Test
  void itsIdentityIsItsArchitectureAndItsWeights() {
    GoldenDino golden = GoldenDino.of("registers");
    int side = side(squares(golden).get(0));
    try (LoadedDino dino = open(golden, new DinoSettings(side, List.of(), true, false))) {
      DinoConfig config = dino.encoder().model().config();
      assertEquals(
          new Provenance.Backbone(config.name(), Sha256.of(golden.hub())), dino.identity());
      assertTrue(config.name().endsWith("-reg" + config.registers()), config::name);
    }
  }

  @Test
  void aSizeThatIsNoMultipleOfThePatchIsToldItsNeighbours() {
    assertEquals(
        "image size 100: is not a multiple of the patch, 14; use 98 or 112",
        fault(new DinoSettings(100, List.of(), true, false)));
    assertEquals(
        "image size 13: is not a multiple of the patch, 14; use 14",
        fault(new DinoSettings(13, List.of(), true, false)));
  }

  @Test
  void aLayerThatIsNotThereIsNamed() {
    assertEquals(
        "layer 5: this DINOv2 has 4 blocks; choose from 1 to 4",
        fault(new DinoSettings(56, List.of(2, 5), true, false)));
    assertEquals(
        "layer 0: this DINOv2 has 4 blocks; choose from 1 to 4",
        fault(new DinoSettings(56, List.of(0), true, false)));
  }

  /** Of a config of the test's own, so that golden folders of other sizes pass. */
  private static String fault(DinoSettings settings) {
    DinoConfig config = new DinoConfig(14, 36, 4, 3, 0, 144, false, 4, 1e-6, PositionRule.HUB);
    return assertThrows(
            InputException.class,
            () -> {
              settings.layersOf(config);
              settings.gridOf(config);
            })
        .getMessage();
  }

  @Test
  void settingsThatCannotBeMeantAreRefused() {
    assertThrows(InputException.class, () -> new DinoSettings(0, List.of(), true, false));
    assertThrows(InputException.class, () -> new DinoSettings(100_000, List.of(), true, false));
    InputException twice =
        assertThrows(InputException.class, () -> new DinoSettings(448, List.of(3, 3), true, false));
    assertEquals("layers [3, 3]: one is named twice; name each layer once", twice.getMessage());
  }

  @Test
  void weightsOfEachRuleSumToOne() {
    for (PositionRule rule : PositionRule.values()) {
      for (int wanted : new int[] {1, 2, 3, 8, 37, 48}) {
        float[] weights = rule.weights(5, wanted);
        float[] sums = new float[wanted];
        for (int i = 0; i < weights.length; i++) {
          sums[i / 5] += weights[i];
        }
        float[] ones = new float[wanted];
        Arrays.fill(ones, 1);
        assertArrayEquals(ones, sums, 1e-6f, rule + " to " + wanted);
      }
    }
  }
}
