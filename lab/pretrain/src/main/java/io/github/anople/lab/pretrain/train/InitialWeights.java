package io.github.anople.lab.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.synth.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** First values of mini's weights, from a seed, as OpenCLIP starts its models. */
final class InitialWeights {

  private final ClipConfig config;
  private final long seed;

  private InitialWeights(ClipConfig config, long seed) {
    this.config = config;
    this.seed = seed;
  }

  /** All weights of an architecture, by OpenCLIP's names. */
  static Map<String, FloatTensor> of(ClipConfig config, long seed) {
    InitialWeights initial = new InitialWeights(config, seed);
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    ClipTensorNames.shapes(config)
        .forEach((name, shape) -> values.put(name, initial.tensor(name, shape)));
    return values;
  }

  private FloatTensor tensor(String name, List<Long> shape) {
    long count = shape.stream().reduce(1L, Math::multiplyExact);
    float[] values = new float[Math.toIntExact(count)];
    boolean vision = name.startsWith("visual.");
    int width = vision ? config.vision().width() : config.text().width();
    int layers = vision ? config.vision().layers() : config.text().layers();
    if (name.equals("logit_scale")) {
      values[0] = (float) Math.log(1 / 0.07);
    } else if (name.contains("ln_")) {
      Arrays.fill(values, name.endsWith("weight") ? 1 : 0);
    } else if (!name.endsWith("bias")) {
      fill(values, name, deviation(name, width, layers));
    }
    return new FloatTensor(shape, values);
  }

  private static double deviation(String name, int width, int layers) {
    if (name.endsWith("token_embedding.weight")) {
      return 0.02;
    }
    if (name.equals("positional_embedding")) {
      return 0.01;
    }
    double own = 1 / Math.sqrt(width);
    if (name.endsWith("out_proj.weight") || name.endsWith("c_proj.weight")) {
      return own / Math.sqrt(2.0 * layers);
    }
    return name.endsWith("c_fc.weight") ? own / Math.sqrt(2) : own;
  }

  private void fill(float[] values, String name, double deviation) {
    RandomGenerator random = Draws.of(seed, name, 0, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * Draws.gaussian(random));
    }
  }
}
