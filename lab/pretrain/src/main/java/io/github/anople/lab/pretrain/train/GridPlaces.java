package io.github.anople.lab.pretrain.train;

/**
 * The places of the patch grid in mini's built blocks: what the positional rows carry, and
 * attention heads that find a place by it. Queries and keys are waves of the position, so that a
 * logit falls with the squared distance.
 */
final class GridPlaces {

  private static final int WIDTH = MiniArchitecture.WIDTH;
  private static final int HEAD = MiniArchitecture.HEAD_WIDTH;
  private static final int CONSTANT = BuiltInDescriptors.CONSTANT;
  private static final int OPPOSITE = BuiltInDescriptors.OPPOSITE;
  private static final int WAVES = BuiltInDescriptors.WAVES;
  private static final int SIDES = BuiltInDescriptors.SIDES;
  private static final int BALANCE = BuiltInDescriptors.BALANCE;

  private static final double CONSTANT_VALUE = 16;

  /** What ln_pre divides by: constant and opposite over all channels. */
  static final double LN_PRE = Math.sqrt(2 * CONSTANT_VALUE * CONSTANT_VALUE / WIDTH);

  private static final double WAVE_VALUE = 0.5;

  static final double FLAG_VALUE = 0.25;

  /** Patches. The grid is smaller, so that the nearest row is the nearest place. */
  private static final double WAVELENGTH = 20;

  private static final double TURN_OF_A_PATCH = 2 * Math.PI / WAVELENGTH;

  /**
   * How far below a patch's the logit of any other row lies, in logits of a wave that agrees, so
   * that context rows do not blur. After layer normalisation their waves are three times a patch's,
   * and may agree with it by chance in all four numbers.
   */
  private static final double APART = 24;

  private GridPlaces() {}

  /**
   * Writes what each place carries: constant and opposite, a flag for each side that is missing,
   * and waves of row and column. The class row has the constant alone.
   *
   * @param rows the positional embedding, {@code [1 + patches, WIDTH]}
   */
  static void write(float[] rows) {
    int grid = MiniArchitecture.SIDE / MiniArchitecture.PATCH;
    for (int row = 0; row <= grid * grid; row++) {
      rows[row * WIDTH + CONSTANT] = (float) CONSTANT_VALUE;
      rows[row * WIDTH + OPPOSITE] = (float) -CONSTANT_VALUE;
      if (row > 0) {
        int gridRow = (row - 1) / grid;
        int column = (row - 1) % grid;
        for (int side = 0; side < PatchFilters.BESIDE.length; side++) {
          int there = gridRow + PatchFilters.BESIDE[side][0];
          int beside = column + PatchFilters.BESIDE[side][1];
          if (Math.min(there, beside) < 0 || Math.max(there, beside) == grid) {
            rows[row * WIDTH + SIDES + side] = (float) FLAG_VALUE;
            rows[row * WIDTH + BALANCE] -= (float) FLAG_VALUE;
          }
        }
        double y = TURN_OF_A_PATCH * gridRow;
        double x = TURN_OF_A_PATCH * column;
        double[] waves = {Math.sin(y), Math.cos(y), Math.sin(x), Math.cos(x)};
        for (int i = 0; i < waves.length; i++) {
          rows[row * WIDTH + WAVES + i] = (float) (WAVE_VALUE * waves[i]);
          rows[row * WIDTH + BALANCE] -= (float) (WAVE_VALUE * waves[i]);
        }
      }
    }
  }

  /**
   * Makes a head look at the patches around a place: a hump over the distance from it.
   *
   * @param in weights of query, key and value of all heads, {@code [3 WIDTH, WIDTH]}
   * @param inBias their biases, {@code [3 WIDTH]}
   * @param steps rows and columns from the patch that asks
   * @param variance of the hump in patches²
   */
  static void look(float[] in, float[] inBias, int head, int[] steps, double variance) {
    double curvature = TURN_OF_A_PATCH * TURN_OF_A_PATCH; // of 1 - cos
    double sharpness = 1 / (variance * curvature); // logit for a wave that agrees
    double scale = Math.sqrt(HEAD);
    double gain = Math.sqrt(sharpness * scale) / (WAVE_VALUE / LN_PRE);
    int query = HEAD * head;
    int key = WIDTH + HEAD * head;
    for (int axis = 0; axis < 2; axis++) {
      int sin = WAVES + 2 * axis;
      int cos = sin + 1;
      float turned = (float) (gain * Math.cos(TURN_OF_A_PATCH * steps[axis]));
      float shifted = (float) (gain * Math.sin(TURN_OF_A_PATCH * steps[axis]));
      in[(query + 2 * axis) * WIDTH + sin] = turned;
      in[(query + 2 * axis) * WIDTH + cos] = shifted;
      in[(query + 2 * axis + 1) * WIDTH + cos] = turned;
      in[(query + 2 * axis + 1) * WIDTH + sin] = -shifted;
      in[(key + 2 * axis) * WIDTH + sin] = (float) gain;
      in[(key + 2 * axis + 1) * WIDTH + cos] = (float) gain;
    }
    // One more number of query and key: 0 for a patch that agrees, far below for other rows.
    inBias[query + 4] = 1;
    double apart = APART * sharpness;
    double slope = apart * scale / (2 * CONSTANT_VALUE / LN_PRE);
    in[(key + 4) * WIDTH + CONSTANT] = (float) slope;
    in[(key + 4) * WIDTH + OPPOSITE] = (float) -slope;
    inBias[key + 4] = (float) (-(2 * sharpness + apart) * scale);
  }
}
