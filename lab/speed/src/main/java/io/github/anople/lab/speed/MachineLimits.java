package io.github.anople.lab.speed;

import io.github.anople.torch.engine.TensorScope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the machine can do at most: products of large square matrices, and a large copy, on
 * libtorch's threads. The fastest repetition counts.
 */
final class MachineLimits {

  private static final int BYTE_RANGE = 64;

  private MachineLimits() {}

  /**
   * Measures all limits, and tells each as a timing.
   *
   * @param when added to the tasks' names
   */
  static Limits measure(Workbench workbench, Results results, String when) {
    Map<Limit, Double> rates = new EnumMap<>(Limit.class);
    int side = workbench.settings().scale().matrix();
    double operations = 2.0 * side * side * (double) side;
    List<ScalarType> types = List.of(ScalarType.Float, ScalarType.BFloat16);
    for (ScalarType type : types) {
      Limit limit = type == ScalarType.Float ? Limit.FP32 : Limit.BF16;
      Samples samples = floats(workbench, side, type);
      add(limit, operations, samples, "matrix product, " + side + when, rates, results);
    }
    Samples bytes = bytes(workbench, side);
    add(Limit.INT8, operations, bytes, "matrix product, " + side + when, rates, results);
    long size = workbench.settings().scale().copy();
    Samples copies = copies(workbench, size);
    add(Limit.MEMORY, 2.0 * size, copies, "copy" + when, rates, results);
    return new Limits(rates);
  }

  private static void add(
      Limit limit,
      double amount,
      Samples samples,
      String task,
      Map<Limit, Double> rates,
      Results results) {
    rates.put(limit, amount / samples.fastest());
    String rate = Table.number(amount / samples.fastest() / 1e9) + " " + limit.unit();
    results.add(
        new Timing(task + ", " + limit, "the machine", samples, new Work(amount, limit), rate));
  }

  /** As a linear layer multiplies: the second matrix is transposed. */
  private static Samples floats(Workbench workbench, int side, ScalarType type) {
    return TensorScope.inference(
        () -> {
          Tensor a = workbench.device().place(torch.randn(side, side).to(type));
          Tensor b = workbench.device().place(torch.randn(side, side).to(type)).t();
          Tensor product = a.new_empty(side, side);
          return time(workbench, () -> torch.matmul_out(product, a, b));
        });
  }

  /** {@code _int_mm}: signed bytes to 32-bit sums. The Java interface has it by name only. */
  private static Samples bytes(Workbench workbench, int side) {
    return TensorScope.inference(
        () -> {
          OperatorHandle product = Dispatcher.singleton().findSchemaOrThrow("aten::_int_mm", "");
          Tensor a = workbench.device().place(randomBytes(side));
          Tensor b = workbench.device().place(randomBytes(side)).t();
          return time(workbench, () -> multiply(product, a, b));
        });
  }

  @SuppressWarnings("try") // The scope works by being open.
  private static void multiply(OperatorHandle product, Tensor a, Tensor b) {
    try (PointerScope scope = new PointerScope()) {
      Dispatcher.singleton().callBoxed(product, new IValueVector(new IValue(a), new IValue(b)));
    }
  }

  private static Tensor randomBytes(int side) {
    return torch.randint(
        -BYTE_RANGE, BYTE_RANGE, new long[] {side, side}, new TensorOptions(ScalarType.Char));
  }

  private static Samples copies(Workbench workbench, long bytes) {
    return TensorScope.inference(
        () -> {
          Tensor from = workbench.device().place(torch.ones(bytes / Float.BYTES));
          Tensor to = from.new_empty(bytes / Float.BYTES);
          return time(workbench, () -> to.copy_(from));
        });
  }

  private static Samples time(Workbench workbench, Runnable work) {
    return workbench
        .repetitions()
        .time(
            () -> {
              work.run();
              workbench.device().synchronize();
            });
  }
}
