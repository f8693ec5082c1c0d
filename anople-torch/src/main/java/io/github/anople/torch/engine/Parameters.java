package io.github.anople.torch.engine;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Named fp32 tensors that are learned, in a fixed order; they live until closed.
 *
 * <p>Learning changes them in place: a tensor handed out stays the same object.
 */
public final class Parameters implements AutoCloseable {

  private final OwnedTensors owner = new OwnedTensors();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private Parameters() {}

  /**
   * Copies numbers into parameters on the processor.
   *
   * @param values by name, in the order to keep
   * @param learnable whether gradients are wanted
   * @return parameters to close
   */
  public static Parameters of(Map<String, FloatTensor> values, boolean learnable) {
    return of(values, learnable, ComputeDevice.CPU);
  }

  /**
   * Copies numbers into parameters on a device.
   *
   * @param values by name, in the order to keep
   * @param learnable whether gradients are wanted
   * @param device where they are
   * @return parameters to close
   */
  public static Parameters of(
      Map<String, FloatTensor> values, boolean learnable, ComputeDevice device) {
    Parameters parameters = new Parameters();
    TensorScope.run(
        () ->
            values.forEach(
                (name, value) -> {
                  long[] shape = value.shape().stream().mapToLong(Long::longValue).toArray();
                  Tensor tensor =
                      device.place(Tensors.of(value.values(), shape)).set_requires_grad(learnable);
                  parameters.tensors.put(name, parameters.owner.keep(tensor));
                }));
    return parameters;
  }

  /**
   * The names.
   *
   * @return in order
   */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * A parameter.
   *
   * @param name its name
   * @return the tensor, owned here
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + tensors.keySet());
    }
    return tensor;
  }

  /**
   * The same numbers with gradients of their own, in the current scope: not to be changed. A
   * thread's gradients go there while others compute theirs.
   *
   * @return parameters of the current scope, in the same storage; closing them does nothing
   */
  public Parameters twins() {
    Parameters twins = new Parameters();
    tensors.forEach((name, tensor) -> twins.tensors.put(name, Tensors.twin(tensor)));
    return twins;
  }

  /** Forgets the gradients of the last step. */
  public void zeroGradients() {
    for (Tensor tensor : tensors.values()) {
      Tensor gradient = tensor.mutable_grad();
      if (gradient.defined()) {
        gradient.zero_();
      }
    }
  }

  /**
   * Copies the numbers out.
   *
   * @return by name, in order
   */
  public Map<String, FloatTensor> values() {
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    TensorScope.run(
        () ->
            tensors.forEach(
                (name, tensor) -> {
                  List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
                  values.put(name, new FloatTensor(shape, Tensors.floats(tensor)));
                }));
    return values;
  }

  @Override
  public void close() {
    owner.close();
    tensors.clear();
  }
}
