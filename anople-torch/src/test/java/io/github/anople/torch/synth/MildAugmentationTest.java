package io.github.anople.torch.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MildAugmentationTest {

  private final RgbImage part = RgbImage.of(SyntheticParts.good(0));

  private RgbImage view(int number) {
    return MildAugmentation.draw(part, Draws.of(3, "test", 0, number));
  }

  @Test
  void theSameDrawsGiveTheSameView() {
    assertEquals(view(1), view(1));
    assertNotEquals(view(1), view(2));
  }

  @Test
  void aViewIsAnotherImageOfTheSamePart() {
    for (int i = 0; i < 20; i++) {
      RgbImage view = view(i);
      assertEquals(part.width(), view.width());
      assertEquals(part.height(), view.height());
      double difference = difference(part, view);
      // A defect would be more, and a copy nothing.
      assertTrue(difference > 1 && difference < 25, "view " + i + " differs by " + difference);
    }
  }

  private static double difference(RgbImage a, RgbImage b) {
    byte[] left = a.pixels();
    byte[] right = b.pixels();
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += Math.abs((left[i] & 0xFF) - (right[i] & 0xFF));
    }
    return sum / left.length;
  }

  /** The edge is repeated: nothing black comes in from outside. */
  @Test
  void aPlainImageStaysPlain() {
    byte[] grey = new byte[3 * 64 * 64];
    Arrays.fill(grey, (byte) 128);
    for (int i = 0; i < 20; i++) {
      byte[] view =
          MildAugmentation.draw(RgbImage.of(64, 64, grey), Draws.of(1, "plain", 0, i)).pixels();
      for (byte level : view) {
        assertTrue(Math.abs((level & 0xFF) - 128) < 40, "a level of " + (level & 0xFF));
      }
    }
  }
}
