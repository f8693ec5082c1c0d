package io.github.anople.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.pretrain.train.PatchFilters.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes {@link PatchFilters} into the weights of mini's first two blocks, where they stay: what
 * the memory reads is built, not learned.
 *
 * <ol>
 *   <li>conv1 is a cosine transform of the patch, at a small gain. Positions add a large constant
 *       and its opposite, so that layer normalisation hardly changes with the picture.
 *   <li>Block 1's perceptron answers with each filter twice, as GELU(t) + GELU(-t), which is |t|
 *       for all but the smallest t; sums are standardised.
 *   <li>Block 2's attention averages the statistics over the neighbourhood: queries and keys are
 *       waves of the position, so that a logit falls with the squared distance. Its perceptron
 *       compresses large values and gives every statistic its weight.
 * </ol>
 *
 * <p>With the constant, the cosine that the memory compares by orders patches nearly as the
 * Euclidean distance does.
 */
final class BuiltInDescriptors {

  /** The first channels: the patch's statistics; as many again: their neighbourhood's. */
  static final int OWN = PatchFilters.STATISTICS;

  /** Blocks that are built. */
  static final int BLOCKS = 2;

  private static final int WIDTH = MiniArchitecture.WIDTH;
  private static final int HIDDEN = 4 * WIDTH;
  private static final int PATCH_PIXELS = MiniArchitecture.PATCH * MiniArchitecture.PATCH;
  private static final int CONSTANT = 2 * OWN;
  private static final int OPPOSITE = CONSTANT + 1;
  private static final int WAVES = CONSTANT + 2;
  private static final int PIXELS = WAVES + 4;

  /** Channels of the cosine transform for each colour; brightness gets what is left. */
  private static final int CHROMA_WAVES = 20;

  private static final int BRIGHTNESS_WAVES = WIDTH - PIXELS - 2 * CHROMA_WAVES;

  private static final double CONSTANT_VALUE = 16;

  /** What ln_pre divides by: constant and opposite over all channels. */
  private static final double LN_PRE = Math.sqrt(2 * CONSTANT_VALUE * CONSTANT_VALUE / WIDTH);

  private static final double PIXEL_GAIN = 0.05;
  private static final double EVEN_GAIN = 0.0025;

  /** Sharpness of |t|: answers of more than 2/100 of the range from black to white are exact. */
  static final double SHARPNESS = 100;

  /** Standardised statistics between the two blocks, small beside the constant. */
  static final double QUIET = 0.005;

  /** What the compressed statistics are multiplied with in the end. */
  private static final double LOUD = 2;

  /** Beyond two deviations a statistic rises with this slope: rare answers count, but less. */
  private static final double SLOPE = 0.3;

  private static final double KNEE = 2;

  private static final double WAVE_VALUE = 0.5;
  private static final double WAVELENGTH = 32;

  /** Variance of the neighbourhood in patches². */
  private static final double NEIGHBOURHOOD = 0.9;

  /** How far below a patch's the logit of any other row lies: context rows do not blur. */
  private static final double APART = 500;

  private final Map<String, FloatTensor> weights;
  private final float[] mean;
  private final float[] deviation;

  private BuiltInDescriptors(Map<String, FloatTensor> weights, FloatTensor scale) {
    this.weights = weights;
    this.mean = Arrays.copyOf(scale.values(), OWN);
    this.deviation = Arrays.copyOfRange(scale.values(), OWN, 2 * OWN);
  }

  /** Whether a weight is one of those that are built. */
  static boolean isBuilt(String name) {
    return name.startsWith("visual.conv1")
        || name.startsWith("visual.class_embedding")
        || name.startsWith("visual.positional_embedding")
        || name.startsWith("visual.ln_pre")
        || name.startsWith("visual.transformer.resblocks.0.")
        || name.startsWith("visual.transformer.resblocks.1.");
  }

  /**
   * Overwrites the built weights.
   *
   * @param weights all weights of mini
   * @param scale mean and deviation of the statistics over scenes, {@code [2, OWN]}
   */
  static void write(Map<String, FloatTensor> weights, FloatTensor scale) {
    BuiltInDescriptors built = new BuiltInDescriptors(weights, scale);
    weights.keySet().stream().filter(BuiltInDescriptors::isBuilt).forEach(built::clear);
    built.pixels();
    built.positions();
    built.magnitudes();
    built.neighbourhood();
    built.compress();
  }

  private void clear(String name) {
    boolean gain = name.contains(".ln_") && name.endsWith("weight");
    Arrays.fill(weights.get(name).values(), gain ? 1 : 0);
  }

  private float[] values(String name) {
    return weights.get(name).values();
  }

  private static String block(int number, String name) {
    return "visual.transformer.resblocks." + number + "." + name;
  }

  /** The first channel of a colour's waves. */
  private static int first(int colour) {
    return colour == 0 ? PIXELS : PIXELS + BRIGHTNESS_WAVES + (colour - 1) * CHROMA_WAVES;
  }

  private static int waves(int colour) {
    return colour == 0 ? BRIGHTNESS_WAVES : CHROMA_WAVES;
  }

  private static double gain(int wave) {
    return wave == 0 ? EVEN_GAIN : PIXEL_GAIN;
  }

  private void pixels() {
    float[] conv = values("visual.conv1.weight");
    for (int colour = 0; colour < PatchFilters.COLOURS.length; colour++) {
      double[][] basis = CosineBasis.of(waves(colour));
      for (int wave = 0; wave < basis.length; wave++) {
        for (int i = 0; i < 3 * PATCH_PIXELS; i++) {
          int channel = i / PATCH_PIXELS;
          double deviationOfClip = MiniArchitecture.NORMALIZATION.deviation().get(channel);
          conv[(first(colour) + wave) * 3 * PATCH_PIXELS + i] =
              (float)
                  (gain(wave)
                      * PatchFilters.COLOURS[colour][channel]
                      * deviationOfClip
                      * basis[wave][i % PATCH_PIXELS]);
        }
      }
    }
  }

  private void positions() {
    float[] rows = values("visual.positional_embedding");
    int grid = MiniArchitecture.SIDE / MiniArchitecture.PATCH;
    for (int row = 0; row <= grid * grid; row++) {
      rows[row * WIDTH + CONSTANT] = (float) CONSTANT_VALUE;
      rows[row * WIDTH + OPPOSITE] = (float) -CONSTANT_VALUE;
      if (row > 0) {
        double turn = 2 * Math.PI / WAVELENGTH;
        int gridRow = (row - 1) / grid;
        double y = turn * gridRow;
        double x = turn * ((row - 1) % grid);
        double[] waves = {Math.sin(y), Math.cos(y), Math.sin(x), Math.cos(x)};
        for (int i = 0; i < waves.length; i++) {
          rows[row * WIDTH + WAVES + i] = (float) (WAVE_VALUE * waves[i]);
        }
      }
    }
  }

  private void magnitudes() {
    float[] in = values(block(0, "mlp.c_fc.weight"));
    float[] out = values(block(0, "mlp.c_proj.weight"));
    float[] outBias = values(block(0, "mlp.c_proj.bias"));
    List<Filter> filters = PatchFilters.all();
    double[][][] bases = {
      CosineBasis.of(BRIGHTNESS_WAVES), CosineBasis.of(CHROMA_WAVES), CosineBasis.of(CHROMA_WAVES)
    };
    for (int f = 0; f < filters.size(); f++) {
      Filter filter = filters.get(f);
      double[][] basis = bases[filter.colour()];
      for (int wave = 0; wave < basis.length; wave++) {
        double answer = SHARPNESS * dot(filter.weights(), basis[wave]) * LN_PRE / gain(wave);
        int channel = first(filter.colour()) + wave;
        in[2 * f * WIDTH + channel] = (float) answer;
        in[(2 * f + 1) * WIDTH + channel] = (float) -answer;
      }
      int statistic = filter.statistic();
      double share = QUIET / (SHARPNESS * deviation[statistic]);
      out[statistic * HIDDEN + 2 * f] = (float) share;
      out[statistic * HIDDEN + 2 * f + 1] = (float) (filter.isMagnitude() ? share : -share);
    }
    for (int i = 0; i < OWN; i++) {
      outBias[i] = (float) (-QUIET * mean[i] / deviation[i]);
    }
  }

  private void neighbourhood() {
    float[] in = values(block(1, "attn.in_proj_weight")); // [query, key, value] of all heads
    float[] inBias = values(block(1, "attn.in_proj_bias"));
    float[] out = values(block(1, "attn.out_proj.weight"));
    double headWidth = 64;
    double wave = WAVE_VALUE / LN_PRE;
    double curvature = Math.pow(2 * Math.PI / WAVELENGTH, 2); // of 1 - cos
    double sharpness = 1 / (NEIGHBOURHOOD * curvature); // logit for a wave that agrees
    double gain = Math.sqrt(sharpness * Math.sqrt(headWidth)) / wave;
    for (int i = 0; i < 4; i++) {
      in[i * WIDTH + WAVES + i] = (float) gain;
      in[(WIDTH + i) * WIDTH + WAVES + i] = (float) gain;
    }
    // One more number of query and key: 0 for a patch that agrees, far below for other rows.
    double scale = Math.sqrt(headWidth);
    inBias[4] = 1;
    double constants = 2 * CONSTANT_VALUE / LN_PRE;
    double slope = APART * scale / constants;
    in[(WIDTH + 4) * WIDTH + CONSTANT] = (float) slope;
    in[(WIDTH + 4) * WIDTH + OPPOSITE] = (float) -slope;
    inBias[WIDTH + 4] = (float) (-(2 * sharpness + APART) * scale);
    for (int i = 0; i < OWN; i++) {
      in[(2 * WIDTH + i) * WIDTH + i] = 1;
      out[(OWN + i) * WIDTH + i] = 1;
    }
  }

  /**
   * z − (1 − slope)·(GELU(z − k) − GELU(−z − k)): z up to the knee, flatter beyond; in place of
   * what was there.
   */
  private void compress() {
    float[] in = values(block(1, "mlp.c_fc.weight"));
    float[] inBias = values(block(1, "mlp.c_fc.bias"));
    float[] out = values(block(1, "mlp.c_proj.weight"));
    double[] shares = shares();
    for (int i = 0; i < 2 * OWN; i++) {
      double loud = LOUD * shares[i % OWN];
      double[] sign = {1, -1, 1, -1};
      double[] bias = {0, 0, -KNEE, -KNEE};
      double[] answer = {loud - QUIET, QUIET - loud, (SLOPE - 1) * loud, (1 - SLOPE) * loud};
      for (int unit = 0; unit < 4; unit++) {
        in[(4 * i + unit) * WIDTH + i] = (float) (sign[unit] / QUIET);
        inBias[4 * i + unit] = (float) bias[unit];
        out[i * HIDDEN + 4 * i + unit] = (float) answer[unit];
      }
    }
  }

  /** 1/√(size of its group), so that colours weigh as much as textures. */
  private static double[] shares() {
    double[] shares = new double[OWN];
    int at = 0;
    for (int size : PatchFilters.GROUPS) {
      Arrays.fill(shares, at, at + size, 1 / Math.sqrt(size));
      at += size;
    }
    return shares;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
