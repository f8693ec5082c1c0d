package io.github.anople.core.bundle;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.TensorSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the scene check remembers of the shots.
 *
 * @param patches of each remembered view, {@code [views, n, d]}, rows of unit length, as 16-bit
 *     numbers hold them
 * @param statistics of each shot as a whole, {@code [shots, K']}
 * @param limits from the shots alone
 */
public record SceneMemory(FloatTensor patches, FloatTensor statistics, SceneLimits limits) {

  static final String PREFIX = "scene.";

  private static final String PATCHES = PREFIX + "patches";
  private static final String STATISTICS = PREFIX + "statistics";
  private static final String LIMITS_KEY = "scene";

  /**
   * What is remembered.
   *
   * @param patches of each view
   * @param statistics of each shot
   * @param limits from the shots
   */
  public SceneMemory {
    Objects.requireNonNull(patches, "patches");
    Objects.requireNonNull(statistics, "statistics");
    Objects.requireNonNull(limits, "limits");
  }

  /** Adds the file's metadata and tensors. */
  void write(Map<String, String> metadata, List<TensorSource> tensors) {
    metadata.put(LIMITS_KEY, limits.toJson());
    tensors.add(TensorSource.of(PATCHES, DType.F16, patches.shape(), patches.values()));
    tensors.add(TensorSource.of(STATISTICS, statistics.shape(), statistics.values()));
  }

  /**
   * What a file has of it.
   *
   * @param metadata the file's
   * @param tensors those whose names begin with {@link #PREFIX}
   * @param where the file, for messages
   * @return empty for a detector without a scene check
   * @throws InputException if a part is missing, unknown or of another shape than any scene has
   */
  static Optional<SceneMemory> read(
      Map<String, String> metadata, Map<String, FloatTensor> tensors, String where) {
    String limits = metadata.get(LIMITS_KEY);
    if (limits == null && tensors.isEmpty()) {
      return Optional.empty();
    }
    FloatTensor patches = tensors.get(PATCHES);
    FloatTensor statistics = tensors.get(STATISTICS);
    boolean whole = limits != null && patches != null && statistics != null && tensors.size() == 2;
    if (!whole || !fits(patches, 3) || !fits(statistics, 2)) {
      throw new InputException(
          where,
          "has parts of a scene check that do not belong together, or not all of them",
          "the detector is damaged: train it again");
    }
    return Optional.of(new SceneMemory(patches, statistics, SceneLimits.fromJson(limits, where)));
  }

  private static boolean fits(FloatTensor tensor, int dimensions) {
    return tensor.shape().size() == dimensions && tensor.values().length > 0;
  }
}
