package io.github.anople.app.export;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/**
 * A matrix in 8 bits, symmetric: w ≈ scale · q with q in −127 … 127 and a scale for each output.
 *
 * @param scales one for each output, positive
 */
record QuantizedMatrix(float[] scales) {

  private static final int LARGEST = 127;

  /**
   * The scales that use the whole range.
   *
   * @param weight {@code [out, in]}
   */
  static QuantizedMatrix scales(FloatTensor weight) {
    int outputs = Math.toIntExact(weight.shape().get(0));
    int inputs = weight.values().length / outputs;
    float[] scales = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      float largest = 0;
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        largest = Math.max(largest, Math.abs(weight.values()[i]));
      }
      scales[output] = largest == 0 ? 1 : largest / LARGEST;
    }
    return new QuantizedMatrix(scales);
  }

  /** The scales as a constant, {@code [out]}. */
  FloatTensor scaleRow() {
    return new FloatTensor(List.of((long) scales.length), scales);
  }

  /**
   * The 8-bit numbers, a column an output.
   *
   * @param weight {@code [out, in]}
   * @return {@code [in, out]}
   */
  byte[] columns(FloatTensor weight) {
    int inputs = weight.values().length / scales.length;
    byte[] columns = new byte[weight.values().length];
    for (int output = 0; output < scales.length; output++) {
      for (int input = 0; input < inputs; input++) {
        double ratio = (double) weight.values()[output * inputs + input] / scales[output];
        long rounded = Math.round(ratio);
        columns[input * scales.length + output] =
            (byte) Math.max(-LARGEST, Math.min(LARGEST, rounded));
      }
    }
    return columns;
  }
}
