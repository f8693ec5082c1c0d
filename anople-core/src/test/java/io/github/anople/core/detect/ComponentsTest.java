package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ComponentsTest {

  @Test
  void pixelsThatTouchAtACornerAreOnePart() {
    byte[] diagonal = {1, 0, 0, 0, 1, 0, 0, 0, 0};
    assertEquals(1, Components.of(diagonal, 3).count());
    byte[] wrapped = {0, 0, 1, 1, 0, 0, 0, 0, 0};
    assertEquals(2, Components.of(wrapped, 3).count(), "the right edge is not beside the left one");
  }

  @Test
  void partsAreNumberedInTheOrderOfTheirFirstPixels() {
    byte[] mask = {0, 9, 0, 0, 0, 0, 0, -1, 0, 0, 0, 1};
    Components parts = Components.of(mask, 4);
    assertEquals(2, parts.count());
    assertEquals(1, parts.at(1));
    assertEquals(0, parts.at(0));
    assertEquals(2, parts.at(7));
    assertEquals(2, parts.at(11));
    assertEquals(3, Components.of(new byte[] {1, 0, 1, 0, 1}, 5).count());
    assertEquals(1, parts.size(1));
    assertEquals(2, parts.size(2));
    assertEquals(0, parts.size(0));
  }

  @Test
  void aMaskNeedsRowsAndMayBeFlatAndEmpty() {
    assertEquals(0, Components.of(new byte[6], 2).count());
    assertEquals(0, Components.of(new byte[0], 2).count());
    assertThrows(IllegalArgumentException.class, () -> Components.of(new byte[5], 2));
    assertThrows(IllegalArgumentException.class, () -> Components.of(new byte[5], 0));
  }

  @Test
  void manyPartsAreAllCounted() {
    byte[] mask = new byte[201 * 201];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (i / 201 % 2 == 0 && i % 201 % 2 == 0 ? 1 : 0);
    }
    Components parts = Components.of(mask, 201);
    assertEquals(101 * 101, parts.count());
    assertEquals(1, parts.size(101 * 101));
  }
}
