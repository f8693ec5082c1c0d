package io.github.anople.torch.encoder;

import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The trunk that comes with the program: the first ten blocks of a MobileNetV2 trained on
 * photographs. What a patch looks like is what the chosen blocks say there ({@link TrunkRows}).
 *
 * <p>Its own weights, 1 MB in fp32, are all that it keeps. Always fp32.
 */
public final class TrunkEncoder implements PatchEncoder {

  private final OwnedTensors owner = new OwnedTensors();
  private final TrunkSettings settings;
  private final TrunkWeights weights;
  private final TrunkRows rows;

  /**
   * An encoder to close.
   *
   * @param settings what it sees
   * @param weights those of the program
   * @param device where it computes
   */
  public TrunkEncoder(TrunkSettings settings, TrunkWeights weights, ComputeDevice device) {
    this.settings = settings;
    this.weights = weights;
    this.rows = TrunkRows.of(List.of(settings), weights, device, owner);
  }

  /**
   * What it sees.
   *
   * @return its settings
   */
  public TrunkSettings settings() {
    return settings;
  }

  /**
   * What it sees with.
   *
   * @return its weights
   */
  public TrunkWeights weights() {
    return weights;
  }

  @Override
  public int imageSize() {
    return settings.imageSize();
  }

  @Override
  public int grid() {
    return settings.grid();
  }

  @Override
  public int width() {
    return settings.width();
  }

  /**
   * {@inheritDoc}
   *
   * <p>No gradients.
   */
  @Override
  public Tensor encode(Tensor images) {
    return rows.of(images).get(0);
  }

  @Override
  public void close() {
    owner.close();
  }
}
