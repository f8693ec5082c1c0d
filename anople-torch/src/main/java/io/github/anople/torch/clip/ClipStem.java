package io.github.anople.torch.clip;

import io.github.anople.core.InputException;
import io.github.anople.torch.encoder.TrunkSettings;
import java.util.List;

/**
 * A frozen trunk beside the patch embedding: what it says of each patch is projected into the width
 * and added to that patch's row.
 *
 * @param blocks numbers of the trunk's blocks, each brought to the tower's grid, in the order of
 *     the feature's parts
 * @param layer after how many layers of the tower the rows are added; 0 adds them to the patch
 *     embedding
 */
public record ClipStem(List<Integer> blocks, int layer) {

  /** What {@code open_clip_config.json} calls it. */
  public static final String KIND = "trunk";

  /** The projection, {@code [width, d]} of the joined blocks' d channels. */
  public static final String PROJECTION = "visual.stem.proj.weight";

  /** What stands before the names of the trunk's own weights. */
  public static final String TRUNK = "visual.stem.trunk.";

  /** Copies the list. */
  public ClipStem {
    blocks = List.copyOf(blocks);
  }

  /** What the trunk sees at a tower's size; refuses what does not fit the tower. */
  TrunkSettings on(int imageSize, int grid, int layers) {
    if (layer < 0 || layer >= layers) {
      throw new InputException(
          "vision_cfg.stem",
          "layer is " + layer,
          "use 0 to " + (layers - 1) + ", one of the tower");
    }
    return new TrunkSettings(imageSize, grid, blocks);
  }
}
