package io.github.anople.torch.layer;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the names that a network's weights have, and the shape of each. */
public final class TensorShapes {

  private final Map<String, List<Long>> byName = new LinkedHashMap<>();

  /** None yet. */
  public TensorShapes() {}

  /**
   * Adds a tensor.
   *
   * @param name its name
   * @param shape its sizes; none for a scalar
   */
  public void put(String name, long... shape) {
    byName.put(name, Arrays.stream(shape).boxed().toList());
  }

  /**
   * Adds a {@link LayerNorm}'s tensors.
   *
   * @param name its name
   * @param width of the rows
   */
  public void norm(String name, long width) {
    put(name + ".weight", width);
    put(name + ".bias", width);
  }

  /**
   * Adds a {@link Linear}'s tensors.
   *
   * @param name its name
   * @param out width of what it gives
   * @param in width of what it takes
   */
  public void linear(String name, long out, long in) {
    put(name + ".weight", out, in);
    put(name + ".bias", out);
  }

  /**
   * All that was added.
   *
   * @return shapes by name, in the order of their adding
   */
  public Map<String, List<Long>> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
