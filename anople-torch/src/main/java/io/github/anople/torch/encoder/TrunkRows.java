package io.github.anople.torch.encoder;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.ComputeDevice;
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
 * GridMatrix}) and to unit length, then they are joined, and their whole again. One pass serves
 * several choices.
 *
 * <p>Safe to share between threads. Always fp32, and frozen.
 */
public final class TrunkRows {

  /**
   * A choice of blocks on a grid.
   *
   * @param onto a block's {@code [g, h]}; null where h is g
   */
  private record Choice(TrunkSettings settings, List<Tensor> onto) {

    /** {@code [images, g², d]} of the blocks' maps. */
    Tensor of(List<Tensor> maps) {
      Tensor[] parts = new Tensor[onto.size()];
      for (int i = 0; i < parts.length; i++) {
        Tensor onGrid = brought(maps.get(settings.blocks().get(i)), onto.get(i));
        parts[i] = Tensors.normalize(onGrid.flatten(2, 3).transpose(1, 2));
      }
      return Tensors.normalize(Tensors.concat(-1, parts));
    }
  }

  private final Trunk trunk;
  private final List<Choice> choices = new ArrayList<>();

  /**
   * Builds the network over weights where they are.
   *
   * @param wanted what it is to say, all of one image size
   * @param weights fp32, by the names of {@link TrunkWeights}, on the device that computes
   * @param owner keeps what this object needs
   */
  public TrunkRows(
      List<TrunkSettings> wanted, Function<String, Tensor> weights, OwnedTensors owner) {
    int last = wanted.stream().mapToInt(TrunkSettings::lastBlock).max().orElseThrow();
    this.trunk = new Trunk(weights, last, owner);
    Tensor neighbour = weights.apply("Conv.weight");
    for (TrunkSettings settings : wanted) {
      List<Tensor> onto = new ArrayList<>();
      for (int block : settings.blocks()) {
        int side = TrunkBlock.ALL.get(block).side(settings.imageSize());
        boolean alike = side == settings.grid();
        onto.add(alike ? null : owner.keep(matrix(neighbour, side, settings.grid())));
      }
      choices.add(new Choice(settings, onto));
    }
  }

  /**
   * Builds the network that comes with the program.
   *
   * @param wanted what it is to say, all of one image size
   * @param weights those of the program
   * @param device where it computes
   * @param owner keeps what the object needs
   * @return the network
   */
  public static TrunkRows of(
      List<TrunkSettings> wanted, TrunkWeights weights, ComputeDevice device, OwnedTensors owner) {
    return TensorScope.call(() -> new TrunkRows(wanted, Trunk.placed(weights, device), owner));
  }

  private static Tensor matrix(Tensor neighbour, int side, int grid) {
    FloatTensor matrix = GridMatrix.of(side, grid);
    return Tensors.beside(neighbour, matrix.values(), grid, side);
  }

  /**
   * What images look like.
   *
   * <p>Picture by picture on a processor: what is made of one picture stays in its caches and is
   * let go before the next, 25 MB at 240 pixels. A card takes all at once. No gradients.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return of each choice {@code [images, g², d]}, row-major on the grid, each row of unit length,
   *     of the current scope
   */
  public List<Tensor> of(Tensor images) {
    long count = images.size(0);
    List<Tensor> all =
        choices.stream()
            .map(
                choice ->
                    images.new_empty(
                        new long[] {
                          count,
                          (long) choice.settings().grid() * choice.settings().grid(),
                          choice.settings().width()
                        }))
            .toList();
    long size = images.is_cpu() ? 1 : count;
    for (long first = 0; first < count; first += size) {
      Tensor part = images.narrow(0, first, size);
      List<Tensor> places = new ArrayList<>();
      for (Tensor one : all) {
        places.add(one.narrow(0, first, size));
      }
      TensorScope.inference(
          () -> {
            List<Tensor> maps = trunk.blocks(part);
            for (int i = 0; i < places.size(); i++) {
              places.get(i).copy_(choices.get(i).of(maps));
            }
            return null;
          });
    }
    return all;
  }

  /** {@code [images, out, h, h]} to {@code [images, out, g, g]}. */
  private static Tensor brought(Tensor maps, Tensor matrix) {
    return matrix == null ? maps : torch.matmul(torch.matmul(matrix, maps), matrix.t());
  }
}
