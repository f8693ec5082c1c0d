package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One block by hand: no attention reaches the stream, so x + W₂·act(W₁·ln(x) + b₁) + b₂ is left.
 */
class QuickGeluTest {

  private static final int WIDTH = 4;
  private static final int HIDDEN = 8;
  private static final int TOKENS = 3;

  private final Map<String, float[]> values = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aBlockComputesXTimesTheSigmoidOf1702X(long seed) {
    Random random = new Random(seed);
    fill(random, ".mlp.c_fc.weight", HIDDEN * WIDTH);
    fill(random, ".mlp.c_fc.bias", HIDDEN);
    fill(random, ".mlp.c_proj.weight", WIDTH * HIDDEN);
    fill(random, ".mlp.c_proj.bias", WIDTH);
    fill(random, ".ln_2.weight", WIDTH);
    fill(random, ".ln_2.bias", WIDTH);
    float[] x = numbers(random, TOKENS * WIDTH);

    float[] expected = byHand(x);

    assertArrayEquals(expected, block(x, true), 1e-5f, "seed " + seed);
    float[] exact = block(x, false);
    assertEquals(expected.length, exact.length);
    float difference = 0;
    for (int i = 0; i < exact.length; i++) {
      difference = Math.max(difference, Math.abs(exact[i] - expected[i]));
    }
    assertTrue(difference > 1e-3f, "the exact GELU differs by " + difference + ", seed " + seed);
  }

  private float[] block(float[] x, boolean quick) {
    try (OwnedTensors owner = new OwnedTensors()) {
      return TensorScope.inference(
          () -> {
            Block block = new Block(this::weight, "b", 2, quick, ScalarType.Float, owner);
            return Tensors.floats(block.apply(Tensors.of(x, 1, TOKENS, WIDTH), null, seen -> {}));
          });
    }
  }

  private Tensor weight(String name) {
    String part = name.substring(1);
    return switch (part) {
      case ".attn.in_proj_weight" -> Tensors.of(new float[3 * WIDTH * WIDTH], 3 * WIDTH, WIDTH);
      case ".attn.in_proj_bias" -> Tensors.of(new float[3 * WIDTH], 3 * WIDTH);
      case ".attn.out_proj.weight" -> Tensors.of(new float[WIDTH * WIDTH], WIDTH, WIDTH);
      case ".attn.out_proj.bias", ".ln_1.weight", ".ln_1.bias" ->
          Tensors.of(new float[WIDTH], WIDTH);
      case ".mlp.c_fc.weight" -> Tensors.of(values.get(part), HIDDEN, WIDTH);
      case ".mlp.c_proj.weight" -> Tensors.of(values.get(part), WIDTH, HIDDEN);
      default -> Tensors.of(values.get(part), values.get(part).length);
    };
  }

  private float[] byHand(float[] x) {
    float[] result = new float[x.length];
    for (int token = 0; token < TOKENS; token++) {
      double[] row = new double[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        row[i] = x[token * WIDTH + i];
      }
      double[] hidden = affine(norm(row), ".mlp.c_fc", HIDDEN);
      for (int i = 0; i < HIDDEN; i++) {
        hidden[i] = hidden[i] / (1 + Math.exp(-1.702 * hidden[i]));
      }
      double[] out = affine(hidden, ".mlp.c_proj", WIDTH);
      for (int i = 0; i < WIDTH; i++) {
        result[token * WIDTH + i] = (float) (row[i] + out[i]);
      }
    }
    return result;
  }

  private double[] norm(double[] row) {
    double mean = 0;
    double square = 0;
    for (double value : row) {
      mean += value / row.length;
    }
    for (double value : row) {
      square += (value - mean) * (value - mean) / row.length;
    }
    double[] result = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      result[i] =
          (row[i] - mean) / Math.sqrt(square + 1e-5) * values.get(".ln_2.weight")[i]
              + values.get(".ln_2.bias")[i];
    }
    return result;
  }

  private double[] affine(double[] in, String name, int outputs) {
    double[] result = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      result[i] = values.get(name + ".bias")[i];
      for (int j = 0; j < in.length; j++) {
        result[i] += values.get(name + ".weight")[i * in.length + j] * in[j];
      }
    }
    return result;
  }

  private void fill(Random random, String name, int count) {
    values.put(name, numbers(random, count));
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
