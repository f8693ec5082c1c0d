package io.github.anople.torch.pretrained;

import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.pretrained.PickleValue.Callable;
import io.github.anople.torch.pretrained.PickleValue.Global;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The complete list of names that a checkpoint of weights may mention. */
final class PickleGlobals {

  private static final Map<String, Global> ALLOWED =
      Stream.of(
              global("collections.OrderedDict", Callable.ORDERED_DICT),
              global("torch._utils._rebuild_tensor_v2", Callable.REBUILD_TENSOR),
              global("torch._utils._rebuild_parameter", Callable.REBUILD_PARAMETER),
              global("torch.Size", Callable.SIZE),
              storage("torch.BoolStorage", DType.BOOL),
              storage("torch.ByteStorage", DType.U8),
              storage("torch.CharStorage", DType.I8),
              storage("torch.ShortStorage", DType.I16),
              storage("torch.IntStorage", DType.I32),
              storage("torch.LongStorage", DType.I64),
              storage("torch.HalfStorage", DType.F16),
              storage("torch.BFloat16Storage", DType.BF16),
              storage("torch.FloatStorage", DType.F32),
              storage("torch.DoubleStorage", DType.F64))
          .collect(Collectors.toUnmodifiableMap(Global::name, Function.identity()));

  /** What a training's own state (best score, precision, device) is made of; its value is lost. */
  private static final Set<String> INERT =
      Set.of(
          "torch.device",
          "torch.float16",
          "torch.bfloat16",
          "torch.float32",
          "torch.float64",
          "torch.int64",
          "_codecs.encode",
          "numpy.dtype",
          "numpy.core.multiarray.scalar",
          "numpy._core.multiarray.scalar");

  private PickleGlobals() {}

  /** What the name stands for here, if it is on the list. */
  static Optional<Global> find(String module, String name) {
    String full = module + "." + name;
    return INERT.contains(full)
        ? Optional.of(global(full, Callable.INERT))
        : Optional.ofNullable(ALLOWED.get(full));
  }

  private static Global global(String name, Callable callable) {
    return new Global(name, callable, null);
  }

  private static Global storage(String name, DType dtype) {
    return new Global(name, Callable.STORAGE_TYPE, dtype);
  }
}
