package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipWeights;
import io.github.anople.torch.encoder.dino.PositionRule;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The tensors of a checkpoint against an architecture, and by OpenCLIP's names.
 *
 * <p>Position embeddings of another grid than the architecture's are brought to it as OpenCLIP
 * does: cubic and antialiased, the class token's left as it is.
 *
 * @param weights the file
 * @param layout whose names its tensors have
 * @param config the architecture
 */
record ClipTensors(WeightsFile weights, ClipLayout layout, ClipConfig config) {

  private static final String POSITIONS = "visual.positional_embedding";

  /** Every tensor is there, of the right shape, and none besides. */
  void check() {
    Map<String, List<Long>> expected = ClipTensorNames.shapes(config);
    Set<String> known = new HashSet<>();
    expected.forEach(
        (name, shape) -> {
          for (String stored : layout.names(name)) {
            check(name, stored, shape);
            known.add(stored);
          }
        });
    for (String name : weights.tensors().keySet()) {
      if (!known.contains(name)) {
        throw fault("has a tensor " + InputException.quoted(name) + " that does not belong there");
      }
    }
  }

  private void check(String name, String stored, List<Long> shape) {
    WeightsFile.Place place = weights.tensors().get(stored);
    if (place == null) {
      throw lacks(stored);
    }
    List<Long> expected = shape(name, shape);
    boolean fits = name.equals(POSITIONS) ? grid(place) > 0 : fits(expected, place.shape());
    if (!fits) {
      throw fault("tensor " + stored + " is " + place.shape() + ", not " + expected);
    }
    if (!place.dtype().isFloating()) {
      throw fault("tensor " + stored + " is of type " + place.dtype());
    }
  }

  private InputException lacks(String stored) {
    for (String tower : List.of("text_model.", "vision_model.")) {
      if (layout == ClipLayout.TRANSFORMERS
          && weights.tensors().keySet().stream().noneMatch(name -> name.startsWith(tower))) {
        return new InputException(
            weights.file(),
            "holds one tower of a CLIP alone: no tensor begins with " + tower,
            "give the weights of a whole CLIP (transformers' CLIPModel)");
      }
    }
    return fault("has no tensor " + stored);
  }

  /** The shape of a stored tensor, or of each of three. */
  private List<Long> shape(String name, List<Long> shape) {
    if (layout.transposed(name)) {
      return List.of(shape.get(1), shape.get(0));
    }
    int parts = layout.names(name).size();
    if (parts == 1) {
      return shape;
    }
    return shape.size() == 1
        ? List.of(shape.get(0) / parts)
        : List.of(shape.get(0) / parts, shape.get(1));
  }

  /** Some exports store the temperature as one number in a row. */
  private static boolean fits(List<Long> expected, List<Long> actual) {
    return expected.equals(actual) || (expected.isEmpty() && actual.equals(List.of(1L)));
  }

  /** Patches along a side of the stored position embeddings; 0 if they are none of a square. */
  private int grid(WeightsFile.Place place) {
    List<Long> shape = place.shape();
    if (shape.size() != 2 || shape.get(1) != config.vision().width() || shape.get(0) < 2) {
      return 0;
    }
    long side = Math.round(Math.sqrt((double) shape.get(0) - 1));
    return side * side == shape.get(0) - 1 && side <= ConfigJson.LARGEST_SIDE ? (int) side : 0;
  }

  private int storedGrid() {
    return grid(weights.tensors().get(layout.names(POSITIONS).get(0)));
  }

  /** What to say where position embeddings are brought to another grid. */
  Optional<String> resized() {
    int stored = storedGrid();
    ClipConfig.Vision vision = config.vision();
    if (stored == vision.grid()) {
      return Optional.empty();
    }
    return Optional.of(
        ("%s: its position embeddings are of %d x %d patches (%d px), the configuration says"
                + " %d px; interpolated to %d x %d patches, as OpenCLIP does")
            .formatted(
                weights.file(),
                stored,
                stored,
                stored * vision.patchSize(),
                vision.imageSize(),
                vision.grid(),
                vision.grid()));
  }

  /**
   * The tensors by OpenCLIP's names.
   *
   * @param mapped by the file's
   * @param owner of what is made of them
   */
  ClipWeights named(MappedWeights mapped, OwnedTensors owner) {
    int stored = storedGrid();
    if (layout == ClipLayout.OPEN_CLIP && stored == config.vision().grid()) {
      return mapped;
    }
    Map<String, Tensor> tensors = new HashMap<>();
    TensorScope.inference(
        () -> {
          for (String name : ClipTensorNames.shapes(config).keySet()) {
            Tensor tensor = whole(name, mapped);
            boolean other = name.equals(POSITIONS) && stored != config.vision().grid();
            tensors.put(name, owner.keep(other ? placed(tensor, stored) : tensor));
          }
          return null;
        });
    return tensors::get;
  }

  private Tensor whole(String name, MappedWeights mapped) {
    Tensor[] parts = layout.names(name).stream().map(mapped::get).toArray(Tensor[]::new);
    Tensor whole = parts.length == 1 ? parts[0] : torch.cat(new TensorVector(parts), 0);
    return layout.transposed(name) ? whole.t().contiguous() : whole;
  }

  /** {@code [1 + stored², width]} to {@code [1 + grid², width]}. */
  private Tensor placed(Tensor positions, int stored) {
    long width = config.vision().width();
    int grid = config.vision().grid();
    Tensor axis =
        Tensors.beside(positions, PositionRule.HUB_REGISTERS.weights(stored, grid), grid, stored);
    Tensor patches = positions.narrow(0, 1, (long) stored * stored);
    Tensor down = // [grid, stored · width]
        axis.matmul(patches.reshape(stored, stored * width));
    Tensor across = // [grid, grid, width]
        axis.matmul(down.view(grid, stored, width));
    return Tensors.concat(0, positions.narrow(0, 0, 1), across.reshape((long) grid * grid, width));
  }

  InputException fault(String problem) {
    return new InputException(
        weights.file(),
        problem,
        "it does not fit the architecture "
            + config.name()
            + ": use the configuration that belongs to these weights");
  }
}
