package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.torch.encoder.dino.DinoConfig;
import io.github.anople.torch.encoder.dino.DinoTensorNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the shapes of a DINOv2's tensors tell about its architecture, and whether every tensor fits
 * it.
 *
 * @param weights the file's table of contents
 * @param layout whose names it has
 */
record DinoShapes(WeightsFile weights, DinoLayout layout) {

  private static final double EPSILON = 1e-6;

  /** Torch hub's files do not tell their heads: those of every published model are this wide. */
  private static final int HEAD_WIDTH = 64;

  /**
   * The architecture.
   *
   * @param heads where that is known
   */
  DinoConfig config(OptionalInt heads) {
    List<Long> kernel = shape("patch_embed.proj.weight", 4);
    int width = size("patch_embed.proj.weight", kernel, 0);
    int patch = size("patch_embed.proj.weight", kernel, 2);
    boolean hasRegisters = has("register_tokens");
    boolean swiGlu = has(DinoTensorNames.block(0) + ".mlp.w12.weight");
    String hidden = DinoTensorNames.block(0) + (swiGlu ? ".mlp.w12.weight" : ".mlp.fc1.weight");
    int hiddenRows = size(hidden, shape(hidden, 2), 0);
    return new DinoConfig(
        patch,
        width,
        Math.max(1, layout.blocks(weights.tensors().keySet())), // block 0's lack is told by name
        heads.orElseGet(() -> heads(width)),
        hasRegisters ? size("register_tokens", shape("register_tokens", 3), 1) : 0,
        swiGlu ? Math.max(1, hiddenRows / 2) : hiddenRows,
        swiGlu,
        grid(),
        EPSILON,
        layout.rule(hasRegisters));
  }

  private int heads(int width) {
    if (width % HEAD_WIDTH != 0) {
      throw new InputException(
          weights.file(),
          "does not tell its heads, and its width, " + width + ", is no multiple of " + HEAD_WIDTH,
          "put a file of the same name with the ending .json beside it: {\"num_heads\": …}");
    }
    return width / HEAD_WIDTH;
  }

  private int grid() {
    long rows = size("pos_embed", shape("pos_embed", 3), 1) - 1L;
    int side = (int) Math.round(Math.sqrt((double) rows));
    if (side < 1 || (long) side * side != rows) {
      throw fault(
          "tensor " + first("pos_embed") + " has " + rows + " rows besides the first, no square");
    }
    return side;
  }

  private boolean has(String name) {
    return weights.tensors().containsKey(first(name));
  }

  private List<Long> shape(String name, int rank) {
    WeightsFile.Place place = weights.tensors().get(first(name));
    if (place == null) {
      throw fault("has no tensor " + first(name));
    }
    if (place.shape().size() != rank) {
      throw fault("tensor " + first(name) + " is " + place.shape() + ", not of rank " + rank);
    }
    return place.shape();
  }

  private int size(String name, List<Long> shape, int dimension) {
    long size = shape.get(dimension);
    if (size < 1 || size > ConfigJson.LARGEST_SIZE) {
      throw fault("tensor " + first(name) + " is " + shape + ", which no DINOv2 has");
    }
    return (int) size;
  }

  private String first(String name) {
    return layout.names(name).get(0);
  }

  /** Every tensor there, of the right shape and a floating-point type, and none besides. */
  void check(DinoConfig config) {
    Set<String> expected = new HashSet<>(Set.of(layout.maskToken()));
    for (Map.Entry<String, List<Long>> entry : DinoTensorNames.shapes(config).entrySet()) {
      List<String> names = layout.names(entry.getKey());
      List<Long> shape = new ArrayList<>(entry.getValue());
      shape.set(0, shape.get(0) / names.size());
      for (String name : names) {
        check(name, shape);
        expected.add(name);
      }
    }
    for (String name : weights.tensors().keySet()) {
      if (!expected.contains(name)) {
        throw fault("has a tensor " + InputException.quoted(name) + " that does not belong there");
      }
    }
  }

  private void check(String name, List<Long> shape) {
    WeightsFile.Place place = weights.tensors().get(name);
    if (place == null) {
      throw fault("has no tensor " + name);
    }
    if (!place.shape().equals(shape)) {
      throw fault("tensor " + name + " is " + place.shape() + ", not " + shape);
    }
    if (!place.dtype().isFloating()) {
      throw fault("tensor " + name + " is of type " + place.dtype());
    }
  }

  private InputException fault(String problem) {
    return new InputException(
        weights.file(), problem, "use an unchanged DINOv2 of torch hub or transformers");
  }
}
