package io.github.anople.torch.encoder;

import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The trunk that comes with the program: the first ten blocks of a MobileNetV2 trained on
 * photographs. What a patch looks like is what the chosen blocks say there: each is brought to the
 * grid ({@link GridMatrix}) and to unit length, then they are joined, and their whole again.
 *
 * <p>Its own weights, 1 MB in fp32, are all that it keeps. Always fp32.
 */
public final class TrunkEncoder implements PatchEncoder {

  private final OwnedTensors owner = new OwnedTensors();
  private final TrunkSettings settings;
  private final TrunkWeights weights;
  private final Trunk trunk;
  private final List<Tensor> onto; // a block's [g, h], null where h is g

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
    this.onto = new ArrayList<>();
    this.trunk =
        TensorScope.call(
            () -> {
              settings.blocks().forEach(block -> onto.add(onto(TrunkBlock.ALL.get(block), device)));
              return new Trunk(weights, settings.lastBlock(), device, owner);
            });
  }

  private Tensor onto(TrunkBlock block, ComputeDevice device) {
    int side = block.side(settings.imageSize());
    return side == settings.grid()
        ? null
        : owner.keep(Trunk.placed(GridMatrix.of(side, settings.grid()), device));
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
   * <p>Picture by picture on a processor: what is made of one picture stays in its caches and is
   * let go before the next, 25 MB at 240 pixels. A card takes all at once. No gradients.
   */
  @Override
  public Tensor encode(Tensor images) {
    long count = images.size(0);
    int places = settings.grid() * settings.grid();
    Tensor all = images.new_empty(new long[] {count, places, settings.width()});
    long size = images.is_cpu() ? 1 : count;
    for (long first = 0; first < count; first += size) {
      Tensor part = images.narrow(0, first, size);
      Tensor place = all.narrow(0, first, size);
      TensorScope.inference(() -> place.copy_(rows(part)));
    }
    return all;
  }

  private Tensor rows(Tensor images) {
    List<Tensor> maps = trunk.blocks(images);
    Tensor[] parts = new Tensor[onto.size()];
    for (int i = 0; i < parts.length; i++) {
      Tensor onGrid = brought(maps.get(settings.blocks().get(i)), onto.get(i));
      parts[i] = Tensors.normalize(onGrid.flatten(2, 3).transpose(1, 2));
    }
    return Tensors.normalize(Tensors.concat(-1, parts));
  }

  /** {@code [images, out, h, h]} to {@code [images, out, g, g]}. */
  private static Tensor brought(Tensor maps, Tensor matrix) {
    return matrix == null ? maps : torch.matmul(torch.matmul(matrix, maps), matrix.t());
  }

  @Override
  public void close() {
    owner.close();
  }
}
