package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.MinArea;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.inspect.report.BoxNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoxMatchTest {

  private static final int SIDE = 8;
  private static final DefectRule RULE = DefectRule.manual(0.5f);

  /** Counted pixel by pixel. */
  @Test
  void theNumbersAreThoseOfBoxesThatArePaintedAndCounted() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Defect.Box> boxes = boxes(random);
      List<Defect.Box> known = boxes(random);
      BoxNumbers found = BoxMatch.of(boxes, known);
      int hit = 0;
      double iou = 0;
      for (Defect.Box one : known) {
        double best = boxes.stream().mapToDouble(other -> painted(one, other)).max().orElse(0);
        hit += best > 0 ? 1 : 0;
        iou += best;
      }
      long on =
          boxes.stream()
              .filter(box -> known.stream().anyMatch(other -> painted(box, other) > 0))
              .count();
      String which = "seed " + seed;
      assertEquals(known.size(), found.masks(), which);
      assertEquals(hit, found.found(), which);
      assertEquals(iou, found.iou(), 1e-9, which);
      assertEquals(boxes.size(), found.boxes(), which);
      assertEquals(on, found.onMasks(), which);
    }
  }

  private static List<Defect.Box> boxes(SplittableRandom random) {
    List<Defect.Box> boxes = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      boxes.add(
          new Defect.Box(
              random.nextInt(20), random.nextInt(20), random.nextInt(1, 9), random.nextInt(1, 9)));
    }
    return boxes;
  }

  private static double painted(Defect.Box one, Defect.Box other) {
    int both = 0;
    int any = 0;
    for (int i = 0; i < 30 * 30; i++) {
      boolean inOne = holds(one, i % 30, i / 30);
      boolean inOther = holds(other, i % 30, i / 30);
      both += inOne && inOther ? 1 : 0;
      any += inOne || inOther ? 1 : 0;
    }
    return both / (double) any;
  }

  private static boolean holds(Defect.Box box, int x, int y) {
    return x >= box.x() && x < box.x() + box.width() && y >= box.y() && y < box.y() + box.height();
  }

  @Test
  void aMapIsComparedWithItsMaskInThePicturesPixels() {
    float[] map = new float[SIDE * SIDE];
    byte[] mask = new byte[SIDE * SIDE];
    for (int at : new int[] {9, 10, 17, 18}) {
      map[at] = 0.9f;
    }
    for (int at : new int[] {10, 11, 18, 19, 63}) {
      mask[at] = 1;
    }
    map[7] = 0.8f;
    BoxNumbers found = BoxMatch.of(RULE, ScoreMap.of(SIDE, map), mask, 400, 160);
    assertEquals(new BoxNumbers(2, 1, 1 / 3.0, 2, 1, 0, 0), found);
    assertEquals(OptionalDouble.of(0.5), found.foundShare());
    assertEquals(OptionalDouble.of(1 / 3.0), found.meanIou());
    assertEquals(OptionalDouble.of(0.5), found.onMasksShare());
    DefectRule large = RULE.with(MinArea.of("2%"));
    assertEquals(1, BoxMatch.of(large, ScoreMap.of(SIDE, map), mask, 400, 160).boxes());
  }

  @Test
  void aGoodImageCountsWhetherItHasABox() {
    float[] map = new float[SIDE * SIDE];
    BoxNumbers none = BoxMatch.ofGood(RULE, ScoreMap.of(SIDE, map), 9, 9);
    assertEquals(new BoxNumbers(0, 0, 0, 0, 0, 1, 0), none);
    map[3] = 0.6f;
    BoxNumbers one = BoxMatch.ofGood(RULE, ScoreMap.of(SIDE, map), 9, 9);
    assertEquals(new BoxNumbers(0, 0, 0, 0, 0, 2, 1), none.plus(one));
    assertEquals(OptionalDouble.of(0.5), none.plus(one).goodShare());
    assertEquals(OptionalDouble.empty(), one.meanIou());
    assertThrows(IllegalArgumentException.class, () -> new BoxNumbers(1, 2, 0, 0, 0, 0, 0));
  }
}
