package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.ScoreMap;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class DefectBoxesTest {

  private static final int GREY = 0x808080;
  private static final int WHITE = 0xFFFFFF;
  private static final int DARK = 0x101010;

  private static BufferedImage drawn(int width, int height, float... values) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, GREY);
    }
    int side = (int) Math.sqrt(values.length);
    Defects defects = DefectRule.manual(0.5f).find(ScoreMap.of(side, values), width, height);
    DefectBoxes.draw(picture, defects);
    return picture;
  }

  private static int at(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void theLinesLieAroundTheBoxAndHideNothingOfIt() {
    BufferedImage picture = drawn(30, 30, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    int[] across = {GREY, DARK, WHITE, DARK, GREY, GREY};
    for (int i = 0; i < across.length; i++) {
      assertEquals(across[i], at(picture, 6 + i, 15), "column " + (6 + i));
      assertEquals(across[i], at(picture, 23 - i, 15), "column " + (23 - i));
      assertEquals(across[i], at(picture, 15, 6 + i), "row " + (6 + i));
      assertEquals(across[i], at(picture, 15, 23 - i), "row " + (23 - i));
    }
    assertEquals(GREY, at(picture, 10, 10));
    assertEquals(GREY, at(picture, 19, 19));
  }

  @Test
  void aBoxAtThePicturesEdgeHasAllFourSidesInIt() {
    BufferedImage picture = drawn(30, 20, 1);
    for (int[] corner : new int[][] {{1, 10}, {28, 10}, {15, 1}, {15, 18}}) {
      assertEquals(WHITE, at(picture, corner[0], corner[1]));
    }
    assertEquals(DARK, at(picture, 0, 0));
    assertEquals(GREY, at(picture, 15, 10));
  }

  @Test
  void theLinesGrowWithThePicture() {
    BufferedImage picture = drawn(3000, 600, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertEquals(WHITE, at(picture, 1000 - 6, 300));
    assertEquals(WHITE, at(picture, 1000 - 10, 300));
    assertEquals(DARK, at(picture, 1000 - 11, 300));
    assertEquals(GREY, at(picture, 1000 - 16, 300));
  }

  @Test
  void nothingIsDrawnWhereNothingIsAboveTheThreshold() {
    BufferedImage picture = drawn(9, 9, 0.5f, 0, 0, 0);
    for (int i = 0; i < 81; i++) {
      assertEquals(GREY, at(picture, i % 9, i / 9));
    }
  }

  @Test
  void aTinyPictureIsDrawnOnToo() {
    assertTrue(at(drawn(1, 1, 1), 0, 0) != GREY);
    assertTrue(at(drawn(2, 7, 0, 1, 0, 0), 1, 0) != GREY);
  }
}
