package io.github.anople.torch.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrunkSettingsTest {

  @Test
  void theGridIsTheFirstBlocksWhereNoneIsGiven() {
    assertEquals(new TrunkSettings(240, 30, List.of(5, 9)), TrunkSettings.of(240, List.of(5, 9)));
    assertEquals(new TrunkSettings(240, 15, List.of(9, 5)), TrunkSettings.of(240, List.of(9, 5)));
    assertEquals(31, TrunkSettings.of(241, List.of(5)).grid());
  }

  @Test
  void widthAndDepthFollowFromTheBlocks() {
    TrunkSettings settings = new TrunkSettings(240, 30, List.of(9, 2, 5));
    assertEquals(64 + 24 + 32, settings.width());
    assertEquals(9, settings.lastBlock());
  }

  @Test
  void whatMakesNoSenseIsNamed() {
    requireFault("the image size is 31", 31, 1, List.of(5));
    requireFault("the image size is 4097", 4097, 1, List.of(5));
    requireFault("the grid is 0", 240, 0, List.of(5));
    requireFault("the grid is 121", 240, 121, List.of(5));
    requireFault("the blocks are []", 240, 15, List.of());
    requireFault("the blocks are [5, 10]", 240, 15, List.of(5, 10));
    requireFault("the blocks are [-1]", 240, 15, List.of(-1));
    requireFault("the blocks are [5, 5]", 240, 15, List.of(5, 5));
  }

  private static void requireFault(String problem, int imageSize, int grid, List<Integer> blocks) {
    InputException fault =
        assertThrows(InputException.class, () -> new TrunkSettings(imageSize, grid, blocks));
    assertEquals(problem, fault.problem());
  }
}
