package io.github.anople.lab.pretrain.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.lab.pretrain.train.PatchFilters.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes {@link PatchFilters} into the weights of mini's first two blocks, where they stay: what
 * the memory reads is built, not learned.
 *
 * <ol>
 *   <li>conv1 is a cosine transform of the patch and the wide filters' answers to it, at a small
 *       gain. Positions add a large constant and its opposite, so that layer normalisation hardly
 *       changes with the picture. One channel holds the opposite of all others' sum, so that it
 *       takes no mean out of them.
 *   <li>Block 1's attention has a head for each of the four patches beside: it brings what the wide
 *       filters answer to those. Patches at the border carry a flag for each side that is missing;
 *       filters that reach there are silent, since whatever stood in for the missing pixels would
 *       be an edge that no part has. Its perceptron answers with each filter twice, as GELU(t) +
 *       GELU(-t), which is |t| for all but the smallest t; the sums are standardised.
 *   <li>Block 2's attention averages the statistics over the neighbourhood: queries and keys are
 *       waves of the position, so that a logit falls with the squared distance. Its perceptron
 *       turns each statistic z into a point of the circle, (sin αz, cos αz), and takes the constant
 *       away.
 * </ol>
 *
 * <p>On circles all rows have the same length, so that the cosine that the memory compares by is a
 * mean of cos α(z − z'): it orders patches as the Euclidean distance does, and one wild statistic
 * cannot outvote the others.
 */
final class BuiltInDescriptors {

  /** The first channels: the patch's statistics; as many again: their neighbourhood's. */
  static final int OWN = PatchFilters.STATISTICS;

  /** Blocks that are built. */
  static final int BLOCKS = 2;

  private static final int WIDTH = MiniArchitecture.WIDTH;
  private static final int HIDDEN = 4 * WIDTH;
  private static final int HEAD = MiniArchitecture.HEAD_WIDTH;
  private static final int PATCH_PIXELS = MiniArchitecture.PATCH * MiniArchitecture.PATCH;

  static final int CONSTANT = 2 * OWN;
  static final int OPPOSITE = CONSTANT + 1;
  static final int WAVES = CONSTANT + 2;
  static final int SIDES = WAVES + 4;
  static final int BALANCE = SIDES + 4;
  private static final int WIDE = BALANCE + 1;
  private static final int PIXELS = WIDE + PatchFilters.WIDE;

  /** Channels of the cosine transform for each colour; brightness gets what is left. */
  private static final int CHROMA_WAVES = 16;

  private static final int BRIGHTNESS_WAVES = WIDTH - PIXELS - 2 * CHROMA_WAVES;

  /** Where the second coordinates go, over the pixels that nobody needs any more. */
  static final int SECOND = PIXELS;

  /** A channel that holds nothing built: where learning says which patches are damaged. */
  static final int DAMAGE = WIDTH - 1;

  private static final double PIXEL_GAIN = 0.05;
  private static final double EVEN_GAIN = 0.0025;

  /** Sharpness of |t|: answers of more than 2/100 of the range from black to white are exact. */
  static final double SHARPNESS = 100;

  /** Standardised statistics between the two blocks, small beside the constant. */
  static final double QUIET = 0.005;

  /** Length of the circles, times 1/√(size of the group). */
  private static final double LOUD = 4;

  /** The neighbourhood's share: it steadies textures, and blurs what is one patch wide. */
  private static final double AROUND = 0.7;

  /** Share of a filter's energy beyond a side from which on it needs that side. */
  private static final double REACHES = 0.03;

  /** More than any filter answers, in units of {@link #SHARPNESS}. */
  private static final double SILENCE = 10;

  /** Variance of the neighbourhood in patches². */
  private static final double NEIGHBOURHOOD = 0.9;

  /** The same for the heads that look at one patch. */
  private static final double ONE_PATCH = 0.06;

  private final Map<String, FloatTensor> weights;
  private final float[] mean;
  private final float[] deviation;
  private final List<Filter> filters = PatchFilters.all();
  private final double[][] brightness = CosineBasis.of(BRIGHTNESS_WAVES);
  private final double[][] chroma = CosineBasis.of(CHROMA_WAVES);

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

  /** A factor a channel: 1 where the circles are, {@code free} everywhere else. */
  static float[] channelShares(double free) {
    float[] shares = new float[WIDTH];
    Arrays.fill(shares, (float) free);
    Arrays.fill(shares, 0, 2 * OWN, 1);
    Arrays.fill(shares, SECOND, SECOND + 2 * OWN, 1);
    return shares;
  }

  /** The length of a row's circles, the same in every row. */
  static double circlesLength() {
    return LOUD * Math.sqrt(PatchFilters.GROUPS.length * (1 + AROUND * AROUND));
  }

  /** Channels that hold nothing built after the built blocks, {@link #DAMAGE} left out. */
  static int[] freeChannels() {
    return IntStream.concat(
            IntStream.range(SECOND + 2 * OWN, DAMAGE), IntStream.range(WIDE, PIXELS))
        .toArray();
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
    GridPlaces.write(built.values("visual.positional_embedding"));
    built.beside();
    built.magnitudes();
    built.neighbourhood();
    built.circles();
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

  private double[][] waves(int colour) {
    return colour == 0 ? brightness : chroma;
  }

  private static double gain(int wave) {
    return wave == 0 ? EVEN_GAIN : PIXEL_GAIN;
  }

  private List<Filter> wideFilters() {
    return filters.stream().filter(Filter::isWide).toList();
  }

  private void pixels() {
    for (int colour = 0; colour < PatchFilters.COLOURS.length; colour++) {
      double[][] basis = waves(colour);
      for (int wave = 0; wave < basis.length; wave++) {
        pixels(first(colour) + wave, colour, basis[wave], gain(wave));
      }
    }
    List<Filter> wide = wideFilters();
    for (int i = 0; i < wide.size(); i++) {
      pixels(WIDE + i, wide.get(i).colour(), wide.get(i).weights(), PIXEL_GAIN);
    }
    balance(values("visual.conv1.weight"), 3 * PATCH_PIXELS);
  }

  /** One row of conv1: a linear function of a colour, whatever CLIP's normalisation did to it. */
  private void pixels(int channel, int colour, double[] function, double gain) {
    float[] conv = values("visual.conv1.weight");
    for (int i = 0; i < 3 * PATCH_PIXELS; i++) {
      int primary = i / PATCH_PIXELS;
      double deviationOfClip = MiniArchitecture.NORMALIZATION.deviation().get(primary);
      conv[channel * 3 * PATCH_PIXELS + i] =
          (float)
              (gain
                  * PatchFilters.COLOURS[colour][primary]
                  * deviationOfClip
                  * function[i % PATCH_PIXELS]);
    }
  }

  /** Makes a matrix's row for {@link #BALANCE} the opposite of the sum of its other rows. */
  private static void balance(float[] matrix, int columns) {
    for (int i = 0; i < columns; i++) {
      double sum = 0;
      for (int channel = 0; channel < WIDTH; channel++) {
        sum += channel == BALANCE ? 0 : matrix[channel * columns + i];
      }
      matrix[BALANCE * columns + i] = (float) -sum;
    }
  }

  private void beside() {
    float[] in = values(block(0, "attn.in_proj_weight")); // [query, key, value] of all heads
    float[] out = values(block(0, "attn.out_proj.weight"));
    List<Filter> wide = wideFilters();
    for (int head = 0; head < PatchFilters.BESIDE.length; head++) {
      int[] step = PatchFilters.BESIDE[head];
      look(0, head, step, ONE_PATCH);
      for (int i = 0; i < wide.size(); i++) {
        int value = HEAD * head + i;
        for (int wave = 0; wave < BRIGHTNESS_WAVES; wave++) {
          double part = dot(wide.get(i).beside()[head], brightness[wave]);
          in[(2 * WIDTH + value) * WIDTH + first(0) + wave] =
              (float) (part * PIXEL_GAIN / gain(wave));
        }
        out[(WIDE + i) * WIDTH + value] = 1;
      }
    }
    balance(out, WIDTH);
  }

  private void magnitudes() {
    float[] in = values(block(0, "mlp.c_fc.weight"));
    float[] out = values(block(0, "mlp.c_proj.weight"));
    float[] outBias = values(block(0, "mlp.c_proj.bias"));
    int wide = 0;
    for (int f = 0; f < filters.size(); f++) {
      Filter filter = filters.get(f);
      if (filter.isWide()) {
        answer(in, f, WIDE + wide++, SHARPNESS * GridPlaces.LN_PRE / PIXEL_GAIN);
        silence(in, f);
      } else {
        double[][] basis = waves(filter.colour());
        for (int wave = 0; wave < basis.length; wave++) {
          double part = dot(filter.weights(), basis[wave]);
          answer(
              in,
              f,
              first(filter.colour()) + wave,
              SHARPNESS * part * GridPlaces.LN_PRE / gain(wave));
        }
      }
      for (int statistic = 0; statistic < OWN; statistic++) {
        double share = filter.shares()[statistic] * QUIET / (SHARPNESS * deviation[statistic]);
        out[statistic * HIDDEN + 2 * f] = (float) share;
        out[statistic * HIDDEN + 2 * f + 1] = (float) (filter.isMagnitude() ? share : -share);
      }
    }
    for (int i = 0; i < OWN; i++) {
      outBias[i] = (float) (-QUIET * mean[i] / deviation[i]);
    }
    balance(out, HIDDEN);
    balance(outBias, 1);
  }

  /** Adds a channel to the pair of units that answers t and −t. */
  private static void answer(float[] in, int filter, int channel, double weight) {
    in[2 * filter * WIDTH + channel] = (float) weight;
    in[(2 * filter + 1) * WIDTH + channel] = (float) -weight;
  }

  /** A filter that reaches over a side says nothing where that side is missing. */
  private void silence(float[] in, int filter) {
    double[][] beside = filters.get(filter).beside();
    for (int side = 0; side < beside.length; side++) {
      if (dot(beside[side], beside[side]) > REACHES) {
        float weight = (float) (-SILENCE * SHARPNESS * GridPlaces.LN_PRE / GridPlaces.FLAG_VALUE);
        in[2 * filter * WIDTH + SIDES + side] = weight;
        in[(2 * filter + 1) * WIDTH + SIDES + side] = weight;
      }
    }
  }

  private void neighbourhood() {
    float[] in = values(block(1, "attn.in_proj_weight"));
    float[] out = values(block(1, "attn.out_proj.weight"));
    look(1, 0, new int[2], NEIGHBOURHOOD);
    for (int i = 0; i < OWN; i++) {
      in[(2 * WIDTH + i) * WIDTH + i] = 1;
      out[(OWN + i) * WIDTH + i] = 1;
    }
    balance(out, WIDTH);
  }

  private void look(int block, int head, int[] step, double variance) {
    GridPlaces.look(
        values(block(block, "attn.in_proj_weight")),
        values(block(block, "attn.in_proj_bias")),
        head,
        step,
        variance);
  }

  /** Both coordinates of each statistic, as sums of bends; constant and balance go. */
  private void circles() {
    float[] in = values(block(1, "mlp.c_fc.weight"));
    float[] inBias = values(block(1, "mlp.c_fc.bias"));
    float[] out = values(block(1, "mlp.c_proj.weight"));
    float[] outBias = values(block(1, "mlp.c_proj.bias"));
    double[] shares = shares();
    for (int i = 0; i < 2 * OWN; i++) {
      double length = LOUD * shares[i % OWN] * (i < OWN ? 1 : AROUND);
      outBias[i] = (float) (length * Circle.START_SINE);
      outBias[SECOND + i] = (float) (length * Circle.START_COSINE);
      for (int bend = 0; bend < Circle.BENDS; bend++) {
        int unit = i * Circle.BENDS + bend;
        in[unit * WIDTH + i] = (float) (Circle.SHARPNESS / QUIET);
        inBias[unit] = (float) (-Circle.SHARPNESS * Circle.place(bend));
        out[i * HIDDEN + unit] = (float) (length * Circle.sine(bend) / Circle.SHARPNESS);
        out[(SECOND + i) * HIDDEN + unit] =
            (float) (length * Circle.cosine(bend) / Circle.SHARPNESS);
      }
    }
    int unit = 2 * OWN * Circle.BENDS;
    in[unit * WIDTH + CONSTANT] = 1;
    out[CONSTANT * HIDDEN + unit] = -1;
    out[OPPOSITE * HIDDEN + unit] = 1;
    in[(unit + 1) * WIDTH + BALANCE] = 1;
    out[BALANCE * HIDDEN + unit + 1] = -1;
    in[(unit + 2) * WIDTH + BALANCE] = -1;
    out[BALANCE * HIDDEN + unit + 2] = 1;
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
