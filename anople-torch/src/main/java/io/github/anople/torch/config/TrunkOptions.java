package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;

import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.encoder.TrunkSettings;
import java.util.List;

/**
 * What the memory sees through the trunk, where {@code memory.encoder} names it.
 *
 * @param grid patches along each axis; 0 takes a place for every 8 pixels of the backbone's image
 *     size, which is what block 5 has by itself
 * @param blocks numbers of the blocks that make up a patch's feature
 */
public record TrunkOptions(int grid, List<Integer> blocks) {

  private static final int STRIDE = 8;

  /**
   * Copies the numbers.
   *
   * @param grid patches along each axis
   * @param blocks numbers of the blocks
   */
  public TrunkOptions {
    blocks = List.copyOf(blocks);
  }

  void check() {
    require(grid >= 0, "trunk.grid", grid, "use a number of patches, or 0 for the trunk's own");
  }

  /**
   * The encoder's settings on a backbone.
   *
   * @param clip the backbone, whose image size the trunk shares
   * @return the settings
   * @throws io.github.anople.core.InputException if they make no sense
   */
  public TrunkSettings on(ClipConfig clip) {
    int side = clip.vision().imageSize();
    return new TrunkSettings(side, grid > 0 ? grid : Math.max(1, side / STRIDE), blocks);
  }
}
