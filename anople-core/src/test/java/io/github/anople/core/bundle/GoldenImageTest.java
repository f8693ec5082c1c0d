package io.github.anople.core.bundle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.GoldenImage.Rounding;
import io.github.anople.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class GoldenImageTest {

  private static final RgbImage IMAGE = RgbImage.of(SyntheticParts.good(0));
  private static final GoldenImage GOLDEN = GoldenImage.of(IMAGE, 0.25);

  @Test
  void theImageComesBackToTheBit() {
    assertEquals(IMAGE, GOLDEN.image("part.anople"));
  }

  @Test
  void aDamagedImageNamesItsDetector() {
    GoldenImage damaged = new GoldenImage(new byte[] {1, 2, 3}, 0.25);
    String told =
        assertThrows(InputException.class, () -> damaged.image("part.anople")).getMessage();
    assertTrue(told.startsWith("part.anople, golden image"), told);
  }

  @Test
  void roundingMayMoveTheScoreALittleAndMoreBetweenFormats() {
    assertDoesNotThrow(() -> check(0.2509, Rounding.SAME_FORMAT));
    refused(0.2511, Rounding.SAME_FORMAT);
    assertDoesNotThrow(() -> check(0.2011, Rounding.OTHER_FORMAT));
    refused(0.1999, Rounding.OTHER_FORMAT);
    refused(Double.NaN, Rounding.OTHER_FORMAT);
  }

  private static void check(double here, Rounding rounding) {
    GOLDEN.check(here, rounding, "part.anople", "trained", "train it again");
  }

  private static void refused(double here, Rounding rounding) {
    String told = assertThrows(InputException.class, () -> check(here, rounding)).getMessage();
    assertTrue(
        told.contains("scores its golden image " + here + " here, and 0.25 where it was trained"),
        told);
  }
}
