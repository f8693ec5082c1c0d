package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A weights file of any of the forms, reduced to where each tensor lies in it.
 *
 * @param file the file
 * @param tensors places by the model's own names, in the file's order
 * @param dropped what wrappers had put into the names, which is dropped: {@code module.}
 */
record WeightsFile(Path file, Map<String, Place> tensors, List<String> dropped) {

  /**
   * A tensor's place.
   *
   * @param dtype type of its elements
   * @param shape its sizes
   * @param strides steps between neighbours along each dimension, in elements
   * @param begin byte of the file where element 0 lies
   */
  record Place(DType dtype, List<Long> shape, List<Long> strides, long begin) {

    /** Byte of the file behind the last element. */
    long end() {
      long span = 1; // elements from the first to the last
      for (int dimension = 0; dimension < shape.size(); dimension++) {
        span += (shape.get(dimension) - 1) * strides.get(dimension);
      }
      return begin + span * dtype.byteSize();
    }
  }

  /** Reads a file's table of contents; the form is told by the name's ending. */
  static WeightsFile open(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (Files.isRegularFile(file) && !(name.endsWith(".safetensors") || isPickle(name))) {
      throw new InputException(
          file,
          "is not a weights file that can be read",
          "give a .safetensors, .bin or .pt file, or a folder that holds one");
    }
    List<String> dropped = new ArrayList<>();
    Map<String, Place> tensors =
        isPickle(name) ? pickled(file, dropped) : safetensors(file, dropped);
    return new WeightsFile(file, tensors, List.copyOf(dropped));
  }

  static boolean isPickle(String name) {
    return name.endsWith(".pt") || name.endsWith(".bin") || name.endsWith(".pth");
  }

  private static Map<String, Place> safetensors(Path file, List<String> dropped) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Map<String, Place> places = new LinkedHashMap<>();
      for (String name : tensors.names()) {
        TensorInfo info = tensors.info(name);
        places.put(
            name, new Place(info.dtype(), info.shape(), rowMajor(info.shape()), info.begin()));
      }
      return WrapperNames.without(places, dropped);
    }
  }

  private static List<Long> rowMajor(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long stride = 1;
    for (int dimension = strides.length - 1; dimension >= 0; dimension--) {
      strides[dimension] = stride;
      stride *= shape.get(dimension);
    }
    return List.of(strides);
  }

  private static Map<String, Place> pickled(Path file, List<String> dropped) {
    try (TorchPickle pickle = TorchPickle.open(file)) {
      dropped.addAll(pickle.dropped());
      Map<String, Place> places = new LinkedHashMap<>();
      for (String name : pickle.names()) {
        StoredTensor tensor = pickle.tensor(name);
        places.put(
            name, new Place(tensor.dtype(), tensor.shape(), tensor.strides(), tensor.begin()));
      }
      return places;
    }
  }

  /** Byte of the file behind the last tensor. */
  long end() {
    return tensors.values().stream().mapToLong(Place::end).max().orElse(0);
  }

  /** The types of the tensors. */
  Set<DType> dtypes() {
    Set<DType> types = new TreeSet<>();
    tensors.values().forEach(place -> types.add(place.dtype()));
    return types;
  }

  /** Numbers in all tensors. */
  long parameters() {
    return tensors.values().stream()
        .mapToLong(place -> place.shape().stream().reduce(1L, Math::multiplyExact))
        .sum();
  }
}
