package io.github.anople.core.detect;

import java.util.Arrays;

/** Where a picture or a text lies in the space that a detector compares them in. */
public final class ImageFeature {

  private final float[] values;

  private ImageFeature(float[] values) {
    this.values = values;
  }

  /**
   * A feature.
   *
   * @param values its components, at least one; copied
   * @return the feature
   * @throws IllegalArgumentException if there is none, or one is not finite
   */
  public static ImageFeature of(float[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a feature has components");
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a feature has a component of " + value);
      }
    }
    return new ImageFeature(values.clone());
  }

  /**
   * How many components there are.
   *
   * @return d, at least 1
   */
  public int size() {
    return values.length;
  }

  /**
   * A component.
   *
   * @param index from 0
   * @return a finite number
   * @throws IndexOutOfBoundsException if there is none
   */
  public float at(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageFeature feature && Arrays.equals(values, feature.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ImageFeature[" + values.length + " components]";
  }
}
