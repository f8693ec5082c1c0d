package io.github.anople.app.export;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/**
 * A matrix in 7 bits, symmetric: w ≈ scale · q with q in −63 … 63 and a scale for each output. It
 * is stored in bytes as q + {@value #ZERO_POINT}.
 *
 * <p>Both numbers make a graph compute the same on every processor:
 *
 * <ul>
 *   <li>Those of the x86 family without VNNI add two products of an activation and a weight in 16
 *       bits, and what does not fit is cut off. 255 · 64 · 2 is the most that fits, and no stored
 *       weight is larger than 64.
 *   <li>Where weights have the zero point 0, ONNX Runtime on ARM processors with SME may give each
 *       row of the activations a range of its own; with any other a range stays what the graph
 *       says.
 * </ul>
 *
 * @param scales one for each output, positive
 */
record QuantizedMatrix(float[] scales) {

  /** What stands for 0. */
  static final byte ZERO_POINT = 1;

  private static final int LARGEST = 63;

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
   * The numbers as they are stored, a column an output.
   *
   * @param weight {@code [out, in]}
   * @return {@code [in, out]}, q + {@value #ZERO_POINT}
   */
  byte[] columns(FloatTensor weight) {
    int inputs = weight.values().length / scales.length;
    byte[] columns = new byte[weight.values().length];
    for (int output = 0; output < scales.length; output++) {
      for (int input = 0; input < inputs; input++) {
        columns[input * scales.length + output] =
            (byte) (whole(weight.values()[output * inputs + input], output) + ZERO_POINT);
      }
    }
    return columns;
  }

  /**
   * Σ q of each output.
   *
   * @param weight {@code [out, in]}
   * @return {@code [out]}, whole numbers
   */
  FloatTensor sums(FloatTensor weight) {
    int inputs = weight.values().length / scales.length;
    float[] sums = new float[scales.length];
    for (int output = 0; output < scales.length; output++) {
      long sum = 0;
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        sum += whole(weight.values()[i], output);
      }
      sums[output] = sum;
    }
    return new FloatTensor(List.of((long) scales.length), sums);
  }

  /** q. */
  private long whole(float weight, int output) {
    long rounded = Math.round((double) weight / scales[output]);
    return Math.max(-LARGEST, Math.min(LARGEST, rounded));
  }
}
