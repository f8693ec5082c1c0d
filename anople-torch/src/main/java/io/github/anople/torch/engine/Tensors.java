package io.github.anople.torch.engine;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The crossings between Java arrays and tensors, and the few operations that every room spells the
 * same.
 */
public final class Tensors {

  private Tensors() {}

  /**
   * Copies numbers into a new fp32 tensor.
   *
   * @param values row-major, as many as the shape holds
   * @param shape the sizes
   * @return a tensor of the current scope
   */
  public static Tensor of(float[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /**
   * Copies whole numbers into a new int64 tensor.
   *
   * @param values row-major, as many as the shape holds
   * @param shape the sizes
   * @return a tensor of the current scope
   */
  public static Tensor of(long[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /**
   * Copies numbers into a new fp32 tensor on the device of another one.
   *
   * @param neighbour what the new tensor will be computed with
   * @param values row-major, as many as the shape holds
   * @param shape the sizes
   * @return a tensor of the current scope
   */
  public static Tensor beside(Tensor neighbour, float[] values, long... shape) {
    return moved(neighbour, of(values, shape));
  }

  /**
   * Copies whole numbers into a new int64 tensor on the device of another one.
   *
   * @param neighbour what the new tensor will be computed with
   * @param values row-major, as many as the shape holds
   * @param shape the sizes
   * @return a tensor of the current scope
   */
  public static Tensor beside(Tensor neighbour, long[] values, long... shape) {
    return moved(neighbour, of(values, shape));
  }

  /**
   * The same numbers as the start of a graph of their own: gradients end here.
   *
   * @param tensor any tensor
   * @return a leaf in the same storage, which wants a gradient if the tensor does
   */
  public static Tensor twin(Tensor tensor) {
    return tensor.detach().set_requires_grad(tensor.requires_grad());
  }

  /** To another's device; the host does not wait for the copy. */
  private static Tensor moved(Tensor neighbour, Tensor made) {
    return neighbour.is_cpu()
        ? made
        : made.to(neighbour.device(), made.scalar_type(), true, false, new MemoryFormatOptional());
  }

  /**
   * Copies a tensor's numbers out, as fp32: waits until they are computed.
   *
   * @param tensor any floating type, any strides, any device, with or without gradient
   * @return row-major values
   */
  public static float[] floats(Tensor tensor) {
    Tensor plain = tensor.detach().to(ScalarType.Float).contiguous().cpu();
    float[] values = new float[Math.toIntExact(plain.numel())];
    if (values.length > 0) {
      plain.data_ptr_float().get(values);
    }
    return values;
  }

  /**
   * A tensor's sizes.
   *
   * @param tensor any tensor
   * @return one size a dimension
   */
  public static long[] shape(Tensor tensor) {
    return tensor.shape();
  }

  /**
   * Joins tensors along a dimension.
   *
   * @param dimension where
   * @param parts at least one
   * @return the joined tensor
   */
  public static Tensor concat(int dimension, Tensor... parts) {
    return torch.cat(new TensorVector(parts), dimension);
  }

  /**
   * Rows of unit length: x / max(‖x‖₂, 1e-12) over the last dimension.
   *
   * @param rows {@code [..., width]}
   * @return the same shape
   */
  public static Tensor normalize(Tensor rows) {
    return rows.div(Operators.lengths(rows));
  }
}
