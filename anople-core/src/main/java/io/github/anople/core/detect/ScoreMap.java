package io.github.anople.core.detect;

import java.util.Arrays;

/**
 * A square map of anomaly scores, [side, side], one float a pixel of the detector's input. Larger
 * is more anomalous. Immutable.
 */
public final class ScoreMap {

  private final int side;
  private final float[] values;

  private ScoreMap(int side, float[] values) {
    this.side = side;
    this.values = values;
  }

  /**
   * A map of those values.
   *
   * @param side width and height in pixels, at least 1
   * @param values side × side finite numbers, row-major; copied
   * @return the map
   * @throws IllegalArgumentException if the number of values differs, or one is not finite
   */
  public static ScoreMap of(int side, float[] values) {
    if (side < 1 || values.length != (long) side * side) {
      throw new IllegalArgumentException(
          values.length
              + " values do not make a map of side "
              + side
              + ": give side x side of them");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "the map's value at row " + i / side + ", column " + i % side + " is " + values[i]);
      }
    }
    return new ScoreMap(side, values.clone());
  }

  /**
   * Width and height.
   *
   * @return pixels
   */
  public int side() {
    return side;
  }

  /**
   * One value.
   *
   * @param row from 0 at the top
   * @param column from 0 at the left
   * @return the score there
   * @throws IndexOutOfBoundsException if it is outside the map
   */
  public float at(int row, int column) {
    if (column < 0 || column >= side) {
      throw new IndexOutOfBoundsException("column " + column + " of a map of side " + side);
    }
    return values[row * side + column];
  }

  /**
   * The largest value.
   *
   * @return the score of the most anomalous pixel
   */
  public float max() {
    float max = values[0];
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /**
   * All values.
   *
   * @return a copy, [side, side] row-major
   */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreMap map && map.side == side && Arrays.equals(map.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ScoreMap[" + side + " x " + side + ", max " + max() + "]";
  }
}
