package io.github.anople.torch.encoder;

import io.github.anople.core.InputException;
import java.util.HashSet;
import java.util.List;

/**
 * What a memory sees through the trunk: at which size, of which blocks, on which grid.
 *
 * @param imageSize S, the side of the square images, from {@value #SMALLEST} pixels; any number
 * @param grid g, patches along each axis, at most ⌈S/2⌉, which is the finest block's
 * @param blocks numbers of the blocks whose outputs make up a patch's feature, from 0 to 9, in the
 *     order of the feature's parts
 */
public record TrunkSettings(int imageSize, int grid, List<Integer> blocks) {

  private static final int SMALLEST = 32;
  private static final int LARGEST = 4096;

  /**
   * Settings that make sense.
   *
   * @param imageSize S
   * @param grid g
   * @param blocks their numbers
   * @throws InputException naming the one that does not
   */
  public TrunkSettings {
    blocks = List.copyOf(blocks);
    require(
        imageSize >= SMALLEST && imageSize <= LARGEST,
        "the image size is " + imageSize,
        "use " + SMALLEST + " to " + LARGEST + " pixels, such as 240");
    int last = TrunkBlock.ALL.size() - 1;
    require(
        !blocks.isEmpty()
            && blocks.stream().allMatch(block -> block >= 0 && block <= last)
            && new HashSet<>(blocks).size() == blocks.size(),
        "the blocks are " + blocks,
        "use different ones of 0 to " + last + ", such as 5 and 9");
    int finest = TrunkBlock.ALL.get(0).side(imageSize);
    require(
        grid >= 1 && grid <= finest,
        "the grid is " + grid,
        "use 1 to " + finest + " at " + imageSize + " pixels");
  }

  /**
   * The grid that the first of the blocks has by itself.
   *
   * @param imageSize S
   * @param blocks their numbers
   * @return settings for it
   * @throws InputException if one of the two makes no sense
   */
  public static TrunkSettings of(int imageSize, List<Integer> blocks) {
    TrunkSettings coarse = new TrunkSettings(imageSize, 1, blocks);
    return new TrunkSettings(imageSize, block(coarse.blocks().get(0)).side(imageSize), blocks);
  }

  /**
   * The length of a patch's feature.
   *
   * @return d, the sum of the blocks' channels
   */
  public int width() {
    return blocks.stream().mapToInt(number -> block(number).out()).sum();
  }

  /**
   * How far the trunk is computed.
   *
   * @return the number of the last block that is needed
   */
  public int lastBlock() {
    return blocks.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static TrunkBlock block(int number) {
    return TrunkBlock.ALL.get(number);
  }

  private static void require(boolean condition, String problem, String remedy) {
    if (!condition) {
      throw new InputException("encoder " + TrunkWeights.NAME, problem, remedy);
    }
  }
}
