package io.github.anople.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.synth.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * First values of mini's weights, from a seed.
 *
 * <p>Blocks start as OpenCLIP's do. What differs serves the descriptors ({@link
 * DescriptorTeacher}): conv1 starts as a cosine transform, which keeps nearly all of a patch;
 * positions start as waves, so that attention finds neighbours; one channel is a large constant, so
 * that layer normalisation keeps contrast; and ln_pre starts with a small gain, so that what the
 * layers write outweighs what they read.
 */
final class InitialWeights {

  private static final double CONSTANT = 12;
  private static final double LN_PRE_GAIN = 0.1;
  private static final int[] WAVELENGTHS = {3, 5, 8, 16, 40};
  private static final double DC_GAIN = 0.1;
  private static final double AC_GAIN = 0.5;

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
    } else if (name.equals("visual.conv1.weight")) {
      cosines(values);
    } else if (name.equals("visual.positional_embedding")) {
      waves(values, width);
    } else if (name.contains(".ln_") || name.startsWith("ln_")) {
      Arrays.fill(
          values, name.endsWith("bias") ? 0 : name.contains("ln_pre") ? (float) LN_PRE_GAIN : 1);
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

  /**
   * conv1, {@code [width, 3, p, p]}: of each eight filters six are brightness, one red-green, one
   * blue-yellow; frequencies rise from coarse to fine.
   */
  private void cosines(float[] values) {
    double[][] colours = {
      {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, -1, 0}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0.5, 0.5, -1}
    };
    int patch = config.vision().patchSize();
    int[][] frequencies = zigzag(patch);
    Map<Integer, Integer> next = new LinkedHashMap<>();
    for (int filter = 0; filter < config.vision().width(); filter++) {
      double[] colour = colours[filter % colours.length];
      int kind = filter % colours.length == 3 ? 1 : filter % colours.length == 7 ? 2 : 0;
      int[] frequency = frequencies[next.merge(kind, 1, Integer::sum) - 1];
      double gain = frequency[0] + frequency[1] == 0 ? DC_GAIN : AC_GAIN;
      double length = Math.sqrt(Arrays.stream(colour).map(c -> c * c).sum());
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < patch; y++) {
          for (int x = 0; x < patch; x++) {
            values[((filter * 3 + channel) * patch + y) * patch + x] =
                (float)
                    (gain
                        * colour[channel]
                        / length
                        * cosine(frequency[0], y, patch)
                        * cosine(frequency[1], x, patch));
          }
        }
      }
    }
  }

  private static double cosine(int frequency, int at, int patch) {
    double norm = Math.sqrt((frequency == 0 ? 1.0 : 2.0) / patch);
    return norm * Math.cos(Math.PI * (at + 0.5) * frequency / patch);
  }

  /** Pairs (vertical, horizontal) by rising sum of squares. */
  private static int[][] zigzag(int patch) {
    int[][] pairs = new int[patch * patch][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new int[] {i / patch, i % patch};
    }
    Arrays.sort(
        pairs, (a, b) -> Integer.compare(a[0] * a[0] + a[1] * a[1], b[0] * b[0] + b[1] * b[1]));
    return pairs;
  }

  /** {@code [1 + patches, width]}: sines and cosines of row and column, and the constant. */
  private void waves(float[] values, int width) {
    int grid = config.vision().grid();
    for (int row = 0; row <= grid * grid; row++) {
      int at = row * width;
      if (row > 0) {
        int y = (row - 1) / grid;
        int x = (row - 1) % grid;
        for (int i = 0; i < WAVELENGTHS.length; i++) {
          double turn = 2 * Math.PI / WAVELENGTHS[i];
          int from = at + 2 + 4 * i + DescriptorTeacher.SIZE;
          values[from] = (float) Math.sin(turn * y);
          values[from + 1] = (float) Math.cos(turn * y);
          values[from + 2] = (float) Math.sin(turn * x);
          values[from + 3] = (float) Math.cos(turn * x);
        }
      }
      values[at + DescriptorTeacher.CONSTANT_CHANNEL] = (float) CONSTANT;
    }
  }
}
