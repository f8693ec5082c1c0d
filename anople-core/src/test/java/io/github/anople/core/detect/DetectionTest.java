package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DetectionTest {

  private static final float[] VALUES = {0.1f, 0.2f, 0.4f, 0.3f};

  @Test
  void aMapIsRowMajorAndCannotBeChanged() {
    float[] given = VALUES.clone();
    ScoreMap map = ScoreMap.of(2, given);
    given[0] = 9;
    map.toArray()[1] = 9;
    assertArrayEquals(VALUES, map.toArray());
    assertEquals(0.2f, map.at(0, 1));
    assertEquals(0.4f, map.at(1, 0));
    assertEquals(0.4f, map.max());
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(1, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(2, 0));
  }

  @Test
  void mapsOfTheSameValuesAreEqual() {
    assertEquals(ScoreMap.of(2, VALUES), ScoreMap.of(2, VALUES));
    assertEquals(ScoreMap.of(2, VALUES).hashCode(), ScoreMap.of(2, VALUES).hashCode());
    assertNotEquals(ScoreMap.of(2, VALUES), ScoreMap.of(2, new float[4]));
    assertEquals(-1, ScoreMap.of(1, new float[] {-1}).max());
  }

  @Test
  void aMapMayBeOfAnyShape() {
    ScoreMap map = ScoreMap.of(2, 3, new float[] {0, 1, 2, 3, 4, 5});
    assertEquals(2, map.height());
    assertEquals(3, map.width());
    assertEquals(3, map.at(1, 0));
    assertEquals(5, map.at(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> map.at(2, 0));
    assertNotEquals(ScoreMap.of(3, 2, map.toArray()), map, "the same values in another shape");
    assertThrows(IllegalArgumentException.class, () -> ScoreMap.of(2, 2, new float[6]));
    assertThrows(IllegalArgumentException.class, () -> ScoreMap.of(-2, -3, new float[6]));
  }

  @Test
  void aMapThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ScoreMap.of(0, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> ScoreMap.of(-2, VALUES));
    assertThrows(IllegalArgumentException.class, () -> ScoreMap.of(3, VALUES));
    assertThrows(IllegalArgumentException.class, () -> ScoreMap.of(65_536, new float[0]));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      String told =
          assertThrows(
                  IllegalArgumentException.class, () -> ScoreMap.of(2, new float[] {0, 0, bad, 0}))
              .getMessage();
      assertTrue(told.contains("row 1, column 0 is " + bad), told);
    }
  }

  @Test
  void aScoreLiesBetweenZeroAndOne() {
    ScoreMap map = ScoreMap.of(2, VALUES);
    assertEquals(0.25f, new Detection(0.25f, map).score());
    for (float bad : new float[] {0, 1, -0.1f, 1.1f, Float.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Detection(bad, map));
    }
  }
}
