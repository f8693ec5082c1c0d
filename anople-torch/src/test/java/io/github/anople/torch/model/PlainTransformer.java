package io.github.anople.torch.model;

import io.github.anople.torch.clip.ClipWeights;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A CLIP tower's blocks in plain Java and double precision, one sequence at a time: slow, and so
 * short that it can be read against the formulas.
 *
 * @param weights of the tower
 * @param name for example {@code visual.transformer}
 * @param heads heads of each layer
 * @param causal whether a position sees itself and what came before only
 */
record PlainTransformer(ClipWeights weights, String name, int heads, boolean causal) {

  /**
   * softmax(QKᵀ/√d) of each layer, averaged over the heads.
   *
   * @param rows {@code [tokens][width]} before the first layer, prompts among them
   * @param prompts {@code [J][count][width]}
   * @param promptsAt where in the sequence they are
   * @param layers how many there are
   */
  List<double[][]> attention(double[][] rows, double[][][] prompts, int promptsAt, int layers) {
    List<double[][]> found = new ArrayList<>();
    double[][] x = rows;
    for (int layer = 0; layer < layers; layer++) {
      if (layer > 0 && layer < prompts.length) {
        System.arraycopy(prompts[layer], 0, x, promptsAt, prompts[layer].length);
      }
      String block = name + ".resblocks." + layer;
      double[][] mean = new double[x.length][x.length];
      double[][] attended = add(x, attend(block, norm(block + ".ln_1", x), mean));
      found.add(mean);
      x = add(attended, mlp(block, norm(block + ".ln_2", attended)));
    }
    return found;
  }

  private double[][] attend(String block, double[][] x, double[][] mean) {
    int width = x[0].length;
    int depth = width / heads;
    double[][] all =
        linear(x, read(block + ".attn.in_proj_weight"), read(block + ".attn.in_proj_bias"));
    double[][] mixed = new double[x.length][width];
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < x.length; i++) {
        double[] row = softmax(logits(all, i, head * depth, depth, width));
        for (int j = 0; j < x.length; j++) {
          mean[i][j] += row[j] / heads;
          for (int k = 0; k < depth; k++) {
            mixed[i][head * depth + k] += row[j] * all[j][2 * width + head * depth + k];
          }
        }
      }
    }
    return linear(
        mixed, read(block + ".attn.out_proj.weight"), read(block + ".attn.out_proj.bias"));
  }

  private double[] logits(double[][] all, int i, int at, int depth, int width) {
    double[] logits = new double[all.length];
    for (int j = 0; j < all.length; j++) {
      double product = 0;
      for (int k = 0; k < depth; k++) {
        product += all[i][at + k] * all[j][width + at + k];
      }
      logits[j] = causal && j > i ? Double.NEGATIVE_INFINITY : product / Math.sqrt(depth);
    }
    return logits;
  }

  private static double[] softmax(double[] logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double[] row = new double[logits.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.exp(logits[i]) / sum;
    }
    return row;
  }

  private double[][] mlp(String block, double[][] x) {
    double[][] inner = linear(x, read(block + ".mlp.c_fc.weight"), read(block + ".mlp.c_fc.bias"));
    for (double[] row : inner) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= 0.5 * (1 + erf(row[i] / Math.sqrt(2)));
      }
    }
    return linear(inner, read(block + ".mlp.c_proj.weight"), read(block + ".mlp.c_proj.bias"));
  }

  /** Its power series, which is exact enough up to 4; beyond, it is 1 to eight digits. */
  private static double erf(double x) {
    if (Math.abs(x) > 4) {
      return Math.signum(x);
    }
    double power = x;
    double sum = x;
    for (int n = 1; n < 100; n++) {
      power *= -x * x / n;
      sum += power / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  double[][] norm(String of, double[][] x) {
    float[] weight = read(of + ".weight");
    float[] bias = read(of + ".bias");
    double[][] out = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      out[i] = normalized(x[i], weight, bias);
    }
    return out;
  }

  private static double[] normalized(double[] row, float[] weight, float[] bias) {
    double mean = 0;
    for (double value : row) {
      mean += value / row.length;
    }
    double variance = 0;
    for (double value : row) {
      variance += (value - mean) * (value - mean) / row.length;
    }
    double[] out = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      out[k] = (row[k] - mean) / Math.sqrt(variance + 1e-5) * weight[k] + bias[k];
    }
    return out;
  }

  private static double[][] linear(double[][] x, float[] weight, float[] bias) {
    int in = x[0].length;
    double[][] out = new double[x.length][bias.length];
    for (int i = 0; i < x.length; i++) {
      for (int o = 0; o < bias.length; o++) {
        out[i][o] = bias[o];
        for (int k = 0; k < in; k++) {
          out[i][o] += x[i][k] * weight[o * in + k];
        }
      }
    }
    return out;
  }

  private static double[][] add(double[][] one, double[][] other) {
    double[][] sum = new double[one.length][one[0].length];
    for (int i = 0; i < sum.length; i++) {
      for (int k = 0; k < sum[i].length; k++) {
        sum[i][k] = one[i][k] + other[i][k];
      }
    }
    return sum;
  }

  /** A weight's values, row by row. */
  float[] read(String weight) {
    return TensorScope.inference(() -> Tensors.floats(weights.get(weight)));
  }
}
