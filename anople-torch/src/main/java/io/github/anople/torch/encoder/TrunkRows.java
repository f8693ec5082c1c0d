package io.github.anople.torch.encoder;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the trunk says of each patch: each of the chosen blocks is brought to the grid ({@link
 * GridMatrix}) and to unit length, then they are joined, and their whole again.
 *
 * <p>Safe to share between threads. Always fp32, and frozen.
 */
public final class TrunkRows {

  private final TrunkSettings settings;
  private final Trunk trunk;
  private final List<Tensor> onto = new ArrayList<>(); // a block's [g, h], null where h is g

  /**
   * Builds the network over weights where they are.
   *
   * @param settings what it sees
   * @param weights fp32, by the names of {@link TrunkWeights}, on the device that computes
   * @param owner keeps what this object needs
   */
  public TrunkRows(TrunkSettings settings, Function<String, Tensor> weights, OwnedTensors owner) {
    this.settings = settings;
    this.trunk = new Trunk(weights, settings.lastBlock(), owner);
    Tensor neighbour = weights.apply("Conv.weight");
    for (int block : settings.blocks()) {
      int side = TrunkBlock.ALL.get(block).side(settings.imageSize());
      onto.add(side == settings.grid() ? null : owner.keep(matrix(neighbour, side)));
    }
  }

  private Tensor matrix(Tensor neighbour, int side) {
    FloatTensor matrix = GridMatrix.of(side, settings.grid());
    return Tensors.beside(neighbour, matrix.values(), settings.grid(), side);
  }

  /**
   * What images look like.
   *
   * <p>Picture by picture on a processor: what is made of one picture stays in its caches and is
   * let go before the next, 25 MB at 240 pixels. A card takes all at once. No gradients.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, g², d]}, row-major on the grid, each row of unit length, of the current
   *     scope
   */
  public Tensor of(Tensor images) {
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
}
