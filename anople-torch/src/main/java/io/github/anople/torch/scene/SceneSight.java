package io.github.anople.torch.scene;

import io.github.anople.torch.encoder.TrunkRows;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What the scene check sees of whole pictures: their patches, and statistics of each.
 *
 * <p>Safe to share between threads.
 */
public final class SceneSight implements AutoCloseable {

  /** How many statistics there are: those of {@link Light}, and {@link Repetition}. */
  public static final int STATISTICS = Light.SIZE + 1;

  /** Where {@link Repetition} is among them. */
  public static final int REPETITION = Light.SIZE;

  private static final List<Integer> BLOCKS = List.of(5, 9);
  private static final int PATCH = 16;

  /** Earlier blocks see less around a patch: copies look alike up to their seams. */
  private static final List<Integer> EARLY_BLOCKS = List.of(2, 5);

  private static final int EARLY_PATCH = 8;

  private final OwnedTensors owner = new OwnedTensors();
  private final int imageSize;
  private final TrunkWeights weights;
  private final TrunkRows trunk;
  private final Tensor near; // what hides each early patch's neighbours

  /**
   * What was seen.
   *
   * @param patches {@code [images, n, d]}, rows of unit length
   * @param statistics {@code [images, }{@link #STATISTICS}{@code ]}
   * @param memory what a memory sees in the same pass, {@code [images, g², d']}, rows of unit
   *     length; empty where none shares it
   */
  public record Seen(Tensor patches, Tensor statistics, Optional<Tensor> memory) {}

  /**
   * To be closed.
   *
   * @param imageSize S, the detector's
   * @param weights the trunk's
   * @param device where it computes
   */
  public SceneSight(int imageSize, TrunkWeights weights, ComputeDevice device) {
    this(imageSize, weights, device, Optional.empty());
  }

  /**
   * One that sees for a memory too, in the same pass. To be closed.
   *
   * @param imageSize S, the detector's
   * @param weights the trunk's
   * @param device where it computes
   * @param memory how the memory sees with the trunk, at the same image size; empty for no memory
   */
  public SceneSight(
      int imageSize, TrunkWeights weights, ComputeDevice device, Optional<TrunkSettings> memory) {
    this.imageSize = imageSize;
    this.weights = weights;
    List<TrunkSettings> wanted = new ArrayList<>(List.of(patches(imageSize), early(imageSize)));
    memory.ifPresent(wanted::add);
    this.trunk = TrunkRows.of(wanted, weights, device, owner);
    this.near =
        TensorScope.inference(
            () -> owner.keep(device.place(Repetition.hidden(early(imageSize).grid()))));
  }

  /**
   * How patches are seen: blocks 5 and 9 of the trunk, a place for every 16 pixels.
   *
   * @param imageSize S
   * @return settings of the trunk
   */
  public static TrunkSettings patches(int imageSize) {
    return new TrunkSettings(imageSize, Math.max(1, imageSize / PATCH), BLOCKS);
  }

  /**
   * How {@link Repetition} sees them: blocks 2 and 5 of the trunk, a place for every 8 pixels.
   *
   * @param imageSize S
   * @return settings of the trunk
   */
  public static TrunkSettings early(int imageSize) {
    return new TrunkSettings(imageSize, Math.max(1, imageSize / EARLY_PATCH), EARLY_BLOCKS);
  }

  /**
   * The side of the pictures that it sees.
   *
   * @return S, in pixels
   */
  public int imageSize() {
    return imageSize;
  }

  /**
   * What it sees with.
   *
   * @return the trunk's weights
   */
  public TrunkWeights weights() {
    return weights;
  }

  /**
   * Looks at pictures.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return tensors of the current scope
   */
  public Seen of(Tensor images) {
    List<Tensor> rows = trunk.of(images);
    Tensor repetition = Repetition.of(rows.get(1), near);
    return new Seen(
        rows.get(0),
        Tensors.concat(1, Light.of(images), repetition),
        rows.size() > 2 ? Optional.of(rows.get(2)) : Optional.empty());
  }

  /** Frees the trunk. */
  @Override
  public void close() {
    owner.close();
  }
}
