package io.github.anople.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.store.Picture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a card says of boxes, and where. */
class InspectionCardTest {

  private static final Picture PICTURE =
      new Picture(1, "0".repeat(64), "image/png", 9, 400, 300, Instant.EPOCH);

  @Test
  void areasAreInPlainNumbers() {
    assertEquals("100 %", box(0, 0, 400, 300, 100).area());
    assertEquals("12 %", box(0, 0, 9, 9, 12.4).area());
    assertEquals("3.4 %", box(0, 0, 9, 9, 3.44).area());
    assertEquals("0.04 %", box(0, 0, 9, 9, 0.042).area());
    assertEquals("< 0.01 %", box(0, 0, 9, 9, 0.001).area());
  }

  @Test
  void numbersAreInsideThePicture() {
    for (int[] corner : new int[][] {{0, 0}, {390, 0}, {0, 290}, {390, 290}}) {
      InspectionCard.Box box = box(corner[0], corner[1], 10, 10, 1);
      assertTrue(box.textY() >= 18 && box.textY() <= 300, box.toString());
      assertTrue(box.textX() >= 0 && box.textX() <= 310, box.toString());
    }
  }

  private static InspectionCard.Box box(int x, int y, int width, int height, double percent) {
    Inspections.Place place = new Inspections.Place(x, y, width, height, percent, 0.5f);
    return InspectionCard.of(null, PICTURE, List.of(place)).boxes().get(0);
  }
}
