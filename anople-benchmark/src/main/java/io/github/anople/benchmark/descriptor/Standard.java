package io.github.anople.benchmark.descriptor;

import java.util.List;

/**
 * How the good patches' numbers spread: (x − mean) / (deviation · √(size of the number's group)).
 *
 * @param mean of each of the 50 numbers
 * @param scale what each is divided by
 */
record Standard(double[] mean, double[] scale) {

  /**
   * A number that hardly varies among the good patches (a grey picture's colours) is not blown up
   * without bound; the numbers are of the order of 0.1 to 100.
   */
  private static final double LEAST_DEVIATION = 1e-2;

  static Standard of(List<float[]> patches) {
    int count = PatchDescriptors.NUMBERS;
    double[] mean = new double[count];
    double[] scale = new double[count];
    for (float[] patch : patches) {
      for (int i = 0; i < count; i++) {
        mean[i] += patch[i] / patches.size();
      }
    }
    for (float[] patch : patches) {
      for (int i = 0; i < count; i++) {
        scale[i] += (patch[i] - mean[i]) * (patch[i] - mean[i]) / patches.size();
      }
    }
    int i = 0;
    for (int group : PatchDescriptors.groups()) {
      for (int last = i + group; i < last; i++) {
        scale[i] = Math.max(Math.sqrt(scale[i]), LEAST_DEVIATION) * Math.sqrt(group);
      }
    }
    return new Standard(mean, scale);
  }

  /** The patches' numbers, comparable, {@code [patches, 50]}. */
  float[] apply(List<float[]> patches) {
    float[] out = new float[patches.size() * mean.length];
    int at = 0;
    for (float[] patch : patches) {
      for (int i = 0; i < mean.length; i++) {
        out[at++] = (float) ((patch[i] - mean[i]) / scale[i]);
      }
    }
    return out;
  }
}
