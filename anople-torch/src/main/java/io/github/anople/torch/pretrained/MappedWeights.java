package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipWeights;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Weights used where they lie: the file is mapped by libtorch, privately, and fp32 tensors are
 * windows on it.
 *
 * <p>Half-precision weights are widened to fp32 copies, and what goes to a card is copied there.
 * The temperature stays: it is read, not computed with. The mapping ends with the last tensor that
 * uses it.
 */
final class MappedWeights implements ClipWeights {

  private final Map<String, Tensor> tensors = new HashMap<>();

  /**
   * Maps a file and makes a tensor of each place.
   *
   * @param device where the tensors go, once they are checked
   * @param owner owner of the tensors from now on
   * @throws InputException if a weight is not a finite number
   */
  MappedWeights(WeightsFile weights, ComputeDevice device, OwnedTensors owner) {
    TensorScope.inference(
        () -> {
          Tensor bytes = map(weights);
          weights
              .tensors()
              .forEach(
                  (name, place) -> {
                    Tensor tensor = window(bytes, place);
                    requireFinite(weights, name, tensor);
                    boolean isRead = name.equals(ClipTensorNames.LOGIT_SCALE);
                    tensors.put(name, owner.keep(isRead ? tensor : device.place(tensor)));
                  });
          return null;
        });
  }

  @Override
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no weight is called " + name + ": the checkpoint was not checked");
    }
    return tensor;
  }

  private static Tensor map(WeightsFile weights) {
    try {
      long size = Files.size(weights.file());
      if (size < weights.end()) {
        throw new InputException(
            weights.file(),
            "became shorter after it was opened",
            "let nothing else write to it, and try again");
      }
      return torch.from_file(
          weights.file().toAbsolutePath().toString(),
          new BoolOptional(false),
          new LongOptional(size),
          new TensorOptions(ScalarType.Byte));
    } catch (IOException e) {
      throw new InputException(
          weights.file(), "cannot be read (" + e + ")", "check that nothing removes it", e);
    }
  }

  private static Tensor window(Tensor bytes, WeightsFile.Place place) {
    int elementSize = place.dtype().byteSize();
    Tensor raw = bytes.narrow(0, place.begin(), place.end() - place.begin());
    // Elements must lie on multiples of their size; a file that puts them elsewhere is copied.
    Tensor aligned = place.begin() % elementSize == 0 ? raw : raw.clone();
    return aligned
        .view(scalarType(place.dtype()))
        .as_strided(longs(place.shape()), longs(place.strides()))
        .to(ScalarType.Float)
        .contiguous();
  }

  /**
   * A sum is finite only if all its parts are, and costs one pass; only a suspicious tensor is
   * searched.
   */
  private static void requireFinite(WeightsFile weights, String name, Tensor tensor) {
    TensorScope.run(
        () -> {
          if (!Float.isFinite(tensor.sum().item_float())
              && !torch.isfinite(tensor).all().item_bool()) {
            throw new InputException(
                weights.file(),
                "tensor " + name + " holds values that are not finite (NaN or infinity)",
                "the file is damaged, download it again");
          }
        });
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static ScalarType scalarType(DType dtype) {
    return switch (dtype) {
      case F32 -> ScalarType.Float;
      case F16 -> ScalarType.Half;
      case BF16 -> ScalarType.BFloat16;
      case F64 -> ScalarType.Double;
      default -> throw new IllegalArgumentException("no floating type: " + dtype);
    };
  }
}
