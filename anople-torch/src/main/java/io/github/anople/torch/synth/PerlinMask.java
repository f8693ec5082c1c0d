package io.github.anople.torch.synth;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Masks with the ragged outlines of Perlin noise, as DRAEM draws them.
 *
 * <p>Noise from gradients of unit length at the corners of a lattice, rotated, cut at ½.
 */
final class PerlinMask {

  private static final int LARGEST_EXPONENT = 5;
  private static final int ATTEMPTS = 16;
  private static final double LARGEST_ROTATION = 90;
  private static final float THRESHOLD = 0.5f;
  private static final float AMPLITUDE = (float) Math.sqrt(2);

  private PerlinMask() {}

  /**
   * Draws a mask; lattice, gradients and rotation are drawn anew until it has a pixel, at most 16
   * times.
   *
   * @param side side of the square canvas
   * @param random source of the draws
   * @return {@code [side, side]}, 0 or 1; all 0 after 16 empty draws
   */
  static byte[] draw(int side, RandomGenerator random) {
    byte[] mask = new byte[side * side];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int rows = 1 << random.nextInt(LARGEST_EXPONENT + 1);
      int columns = 1 << random.nextInt(LARGEST_EXPONENT + 1);
      float[] angles = new float[(rows + 1) * (columns + 1)];
      for (int i = 0; i < angles.length; i++) {
        angles[i] = (float) Draws.uniform(random, 0, 2 * Math.PI);
      }
      double degrees = Draws.uniform(random, -LARGEST_ROTATION, LARGEST_ROTATION);
      mask = cut(rotate(noise(angles, rows, columns, side), side, degrees));
      if (!isEmpty(mask)) {
        break;
      }
    }
    return mask;
  }

  /**
   * Perlin noise.
   *
   * @param angles direction of the gradient at each lattice corner, radians, {@code [rows + 1,
   *     columns + 1]}
   * @param rows lattice cells along y
   * @param columns lattice cells along x
   * @param side side of the square canvas
   * @return {@code [side, side]}, about −1 to 1
   */
  static float[] noise(float[] angles, int rows, int columns, int side) {
    float[] alongY = new float[angles.length];
    float[] alongX = new float[angles.length];
    for (int i = 0; i < angles.length; i++) {
      alongY[i] = (float) StrictMath.cos(angles[i]);
      alongX[i] = (float) StrictMath.sin(angles[i]);
    }
    Axis vertical = Axis.of(rows, side);
    Axis horizontal = Axis.of(columns, side);
    float[] noise = new float[side * side];
    for (int y = 0; y < side; y++) {
      int above = vertical.cell[y] * (columns + 1);
      int below = above + columns + 1;
      float fy = vertical.fraction[y];
      for (int x = 0; x < side; x++) {
        int left = horizontal.cell[x];
        float fx = horizontal.fraction[x];
        float topLeft = alongY[above + left] * fy + alongX[above + left] * fx;
        float topRight = alongY[above + left + 1] * fy + alongX[above + left + 1] * (fx - 1);
        float lowLeft = alongY[below + left] * (fy - 1) + alongX[below + left] * fx;
        float lowRight = alongY[below + left + 1] * (fy - 1) + alongX[below + left + 1] * (fx - 1);
        float top = topLeft + horizontal.fade[x] * (topRight - topLeft);
        float low = lowLeft + horizontal.fade[x] * (lowRight - lowLeft);
        noise[y * side + x] = AMPLITUDE * (top + vertical.fade[y] * (low - top));
      }
    }
    return noise;
  }

  /** Where each pixel of an axis lies in the lattice, in whole numbers and therefore exact. */
  private record Axis(int[] cell, float[] fraction, float[] fade) {

    static Axis of(int cells, int side) {
      Axis axis = new Axis(new int[side], new float[side], new float[side]);
      for (int i = 0; i < side; i++) {
        axis.cell[i] = i * cells / side;
        double t = i * cells % side / (double) side;
        axis.fraction[i] = (float) t;
        axis.fade[i] = (float) (t * t * t * (t * (6 * t - 15) + 10));
      }
      return axis;
    }
  }

  /**
   * Rotates a canvas about its centre, bilinearly, with 0 outside.
   *
   * @param canvas {@code [side, side]}
   * @param side its side
   * @param degrees the angle
   * @return {@code [side, side]}
   */
  static float[] rotate(float[] canvas, int side, double degrees) {
    double sin = StrictMath.sin(Math.toRadians(degrees));
    double cos = StrictMath.cos(Math.toRadians(degrees));
    double centre = (side - 1) / 2.0;
    float[] rotated = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double sourceY = centre + sin * (x - centre) + cos * (y - centre);
        double sourceX = centre + cos * (x - centre) - sin * (y - centre);
        rotated[y * side + x] = bilinear(canvas, side, sourceY, sourceX);
      }
    }
    return rotated;
  }

  private static float bilinear(float[] canvas, int side, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double fy = y - top;
    double fx = x - left;
    double upper = at(canvas, side, top, left) * (1 - fx) + at(canvas, side, top, left + 1) * fx;
    double lower =
        at(canvas, side, top + 1, left) * (1 - fx) + at(canvas, side, top + 1, left + 1) * fx;
    return (float) (upper * (1 - fy) + lower * fy);
  }

  private static float at(float[] canvas, int side, int y, int x) {
    return y < 0 || x < 0 || y >= side || x >= side ? 0 : canvas[y * side + x];
  }

  /**
   * Cuts noise at ½.
   *
   * @param noise any size
   * @return 1 where the noise is above ½, else 0
   */
  static byte[] cut(float[] noise) {
    byte[] mask = new byte[noise.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (noise[i] > THRESHOLD ? 1 : 0);
    }
    return mask;
  }

  static boolean isEmpty(byte[] mask) {
    return Arrays.equals(mask, new byte[mask.length]);
  }
}
