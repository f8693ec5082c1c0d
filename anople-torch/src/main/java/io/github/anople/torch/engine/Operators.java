package io.github.anople.torch.engine;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorIndex;
import org.bytedeco.pytorch.TensorIndexVector;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The operators that libtorch cannot compute on {@link ComputeDevice.Kind#META}, forwards or
 * backwards: their kernels for shapes alone are written in Python. There, and only there, others
 * stand in that have the same shapes, pass gradients to the same operands and refuse operands of
 * two devices as well. So a test without a card sees where every tensor of a step is made.
 *
 * <p>The stand-ins are here and not among the tests, since libtorch takes kernels from native code
 * only: tests could reach these places by a hook alone, which would be as much scaffolding and a
 * switch that changes what is computed. On any other device a branch costs a flag's reading.
 */
public final class Operators {

  private static final double SMALLEST_LENGTH = 1e-12;

  private Operators() {}

  /**
   * Layer normalisation over the last dimension.
   *
   * @param x {@code [..., width]}
   * @param weight {@code [width]}
   * @param bias {@code [width]}
   * @param epsilon added to the variance
   * @return the same shape
   */
  public static Tensor layerNorm(
      Tensor x, TensorOptional weight, TensorOptional bias, double epsilon) {
    if (x.is_meta()) {
      return x.mul(weight.get()).add(bias.get());
    }
    return torch.layer_norm(x, new long[] {x.size(-1)}, weight, bias, epsilon, false);
  }

  /**
   * Convolution of maps.
   *
   * @param maps {@code [images, in, height, width]}
   * @param weight {@code [out, in / groups, k, k]}
   * @param bias {@code [out]}, or an empty one
   * @param stride step, along both sides
   * @param padding zeros around, along both sides
   * @param groups in how many groups the channels stay by themselves
   * @return {@code [images, out, height', width']}
   */
  public static Tensor convolve(
      Tensor maps, Tensor weight, TensorOptional bias, long stride, long padding, long groups) {
    if (maps.is_meta()) {
      long window = weight.size(2);
      Tensor mixed = // [images, out, 1, 1]
          maps.mean(new long[] {1, 2, 3}, true, null)
              .mul(weight.mean(new long[] {1, 2, 3}, false, null).view(1, -1, 1, 1));
      Tensor shifted = bias.has_value() ? mixed.add(bias.get().view(1, -1, 1, 1)) : mixed;
      return shifted.expand(
          maps.size(0),
          weight.size(0),
          (maps.size(2) + 2 * padding - window) / stride + 1,
          (maps.size(3) + 2 * padding - window) / stride + 1);
    }
    return torch.conv2d(
        maps,
        weight,
        bias,
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        groups);
  }

  /**
   * Lengths of rows, max(‖x‖₂, 1e-12) over the last dimension.
   *
   * @param rows {@code [..., width]}
   * @return {@code [..., 1]}
   */
  public static Tensor lengths(Tensor rows) {
    if (rows.is_meta()) { // libtorch computes both, but not the gradient of the maximum
      return rows.mul(rows).sum(new long[] {-1}, true, null);
    }
    return rows.norm(new ScalarOptional(new Scalar(2.0)), new long[] {-1}, true)
        .clamp_min(new Scalar(SMALLEST_LENGTH));
  }

  /**
   * Rows by number.
   *
   * @param source any shape
   * @param dimension 0 or 1: what the numbers count
   * @param numbers of the rows wanted; they go to the source's device
   * @return as many rows as numbers
   */
  public static Tensor rows(Tensor source, int dimension, long... numbers) {
    Tensor index = Tensors.beside(source, numbers, numbers.length);
    if (source.is_meta()) {
      Tensor first = source.transpose(0, dimension);
      return first.index(new TensorIndexVector(new TensorIndex(index))).transpose(0, dimension);
    }
    return torch.index_select(source, dimension, index);
  }

  /**
   * A row of a table for each number.
   *
   * @param table {@code [rows, width]}
   * @param numbers row-major; they go to the table's device
   * @param shape their sizes
   * @return {@code [shape..., width]}
   */
  public static Tensor embed(Tensor table, long[] numbers, long... shape) {
    if (table.is_meta()) {
      long[] sizes = Arrays.copyOf(shape, shape.length + 1);
      sizes[shape.length] = table.size(1);
      return rows(table, 0, numbers).view(sizes);
    }
    return torch.embedding(table, Tensors.beside(table, numbers, shape));
  }

  /**
   * One of two numbers at each place.
   *
   * @param first whether the first one, booleans
   * @param one any shape
   * @param other the same shape
   * @return the same shape
   */
  public static Tensor choose(Tensor first, Tensor one, Tensor other) {
    if (first.is_meta()) {
      return one.mul(first).add(other);
    }
    return torch.where(first, one, other);
  }
}
