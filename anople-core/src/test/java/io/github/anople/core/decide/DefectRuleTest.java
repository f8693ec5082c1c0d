package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefectRuleTest {

  private static final float THRESHOLD = 0.3f;
  private static final DefectRule RULE = new DefectRule(THRESHOLD, MinArea.NONE);

  /** Box, area, percent, peak and centroid as the definition says, in exact fractions. */
  @Test
  void allNumbersAreThoseOfAPlainFloodFill() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ScoreMap map = map(random);
      int width = random.nextInt(1, 3000);
      int height = random.nextInt(1, 3000);
      List<Defect> found = RULE.all(map, width, height);
      List<List<FloodFill.Pixel>> places = FloodFill.above(map, THRESHOLD);
      String which = "seed " + seed;
      assertEquals(places.size(), found.size(), which);
      for (Defect defect : found) {
        List<FloodFill.Pixel> place =
            places.stream()
                .filter(one -> one.contains(peak(map, defect, width, height)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(which));
        places.remove(place);
        check(map, place, defect, width, height, which);
      }
    }
  }

  private static FloodFill.Pixel peak(ScoreMap map, Defect defect, int width, int height) {
    return new FloodFill.Pixel(
        (int) (defect.peakAt().y() * map.height() / height),
        (int) (defect.peakAt().x() * map.width() / width));
  }

  private static void check(
      ScoreMap map,
      List<FloodFill.Pixel> place,
      Defect defect,
      int width,
      int height,
      String which) {
    int rows = map.height();
    int columns = map.width();
    int left = place.stream().mapToInt(FloodFill.Pixel::column).min().orElseThrow();
    int right = place.stream().mapToInt(FloodFill.Pixel::column).max().orElseThrow() + 1;
    int top = place.stream().mapToInt(FloodFill.Pixel::row).min().orElseThrow();
    int bottom = place.stream().mapToInt(FloodFill.Pixel::row).max().orElseThrow() + 1;
    int x = edge(left, columns, width, RoundingMode.FLOOR);
    int y = edge(top, rows, height, RoundingMode.FLOOR);
    assertEquals(
        new Defect.Box(
            x,
            y,
            edge(right, columns, width, RoundingMode.CEILING) - x,
            edge(bottom, rows, height, RoundingMode.CEILING) - y),
        defect.box(),
        which);
    double pixels = (double) width * height * place.size() / ((double) rows * columns);
    assertEquals(pixels, defect.area(), 1e-9 * pixels, which);
    assertEquals(100.0 * place.size() / (rows * columns), defect.percent(), 1e-9, which);
    FloodFill.Pixel worst =
        place.stream()
            .max(
                Comparator.comparing((FloodFill.Pixel at) -> map.at(at.row(), at.column()))
                    .thenComparing(at -> -at.row())
                    .thenComparing(at -> -at.column()))
            .orElseThrow();
    assertEquals(map.at(worst.row(), worst.column()), defect.peak(), which);
    assertEquals((worst.column() + 0.5) * width / columns, defect.peakAt().x(), 1e-9, which);
    assertEquals((worst.row() + 0.5) * height / rows, defect.peakAt().y(), 1e-9, which);
    double centreX = place.stream().mapToDouble(at -> at.column() + 0.5).average().orElseThrow();
    double centreY = place.stream().mapToDouble(at -> at.row() + 0.5).average().orElseThrow();
    assertEquals(centreX * width / columns, defect.centroid().x(), 1e-6, which);
    assertEquals(centreY * height / rows, defect.centroid().y(), 1e-6, which);
  }

  /** An edge of the map in whole pixels of the picture. */
  private static int edge(int edge, int from, int to, RoundingMode rounding) {
    return BigDecimal.valueOf((long) edge * to)
        .divide(BigDecimal.valueOf(from), new MathContext(40))
        .setScale(0, rounding)
        .intValueExact();
  }

  /** Noise, blots or stripes; few values, so that many are equal or are the threshold itself. */
  private static ScoreMap map(SplittableRandom random) {
    int rows = random.nextInt(1, 14);
    int columns = random.nextInt(1, 14);
    float[] values = new float[rows * columns];
    double share = random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      boolean above = random.nextDouble() < share * (random.nextBoolean() ? 1 : 0.3);
      values[i] = above ? THRESHOLD + random.nextInt(4) / 8f : THRESHOLD * random.nextInt(2);
    }
    return ScoreMap.of(rows, columns, values);
  }

  @Test
  void theThresholdItselfIsGoodEnough() {
    ScoreMap map = ScoreMap.of(2, new float[] {0.3f, Math.nextUp(0.3f), 0, 0.2f});
    List<Defect> found = RULE.all(map, 2, 2);
    assertEquals(1, found.size());
    assertEquals(new Defect.Box(1, 0, 1, 1), found.get(0).box());
  }

  @Test
  void aPlaceOfASquashedPictureIsAsLongThereAsThePictureIs() {
    float[] values = new float[16];
    values[5] = 0.5f;
    values[6] = 0.9f;
    // A line scan of 200 x 5,000: a pixel of the map is 50 x 1,250 of the picture's.
    Defect found = RULE.all(ScoreMap.of(4, values), 200, 5000).get(0);
    assertEquals(new Defect.Box(50, 1250, 100, 1250), found.box());
    assertEquals(125_000, found.area());
    assertEquals(12.5, found.percent());
    assertEquals(0.9f, found.peak());
    assertEquals(new Defect.Point(125, 1875), found.peakAt());
    assertEquals(new Defect.Point(100, 1875), found.centroid());
  }

  @Test
  void anEdgeWithinAPixelTakesThePixelInAndTheAreaDoesNot() {
    float[] values = new float[9];
    values[4] = 1;
    // The middle third of 10 is from 3.33 to 6.67.
    Defect found = RULE.all(ScoreMap.of(3, values), 10, 10).get(0);
    assertEquals(new Defect.Box(3, 3, 4, 4), found.box());
    assertEquals(100 / 9.0, found.area(), 1e-12);
    assertEquals(new Defect.Point(5, 5), found.centroid());
  }

  @Test
  void aPictureSmallerThanTheMapHasBoxesOfOnePixelAtLeast() {
    float[] values = new float[64];
    values[0] = 1;
    values[63] = 1;
    List<Defect> found = RULE.all(ScoreMap.of(8, values), 3, 2);
    assertEquals(new Defect.Box(0, 0, 1, 1), found.get(0).box());
    assertEquals(new Defect.Box(2, 1, 1, 1), found.get(1).box());
    assertEquals(6 / 64.0, found.get(0).area());
  }

  @Test
  void theWorstAreKeptAndAllAreCounted() {
    int side = 50;
    float[] values = new float[side * side];
    List<Float> peaks = new ArrayList<>();
    // 312 places that do not touch, every one with another peak, in no order.
    for (int row = 0; row < side; row += 2) {
      for (int column = 0; column < side; column += 4) {
        float peak = 0.4f + (row * 31 + column * 17) % 499 / 1000f;
        values[row * side + column] = peak;
        peaks.add(peak);
      }
    }
    values[1] = 0.31f; // beside the first one, which is the largest then
    Defects found = RULE.find(ScoreMap.of(side, values), side, side);
    assertEquals(peaks.size(), found.count());
    peaks.sort(Comparator.reverseOrder());
    assertEquals(peaks.subList(0, Defects.MOST), found.worst().stream().map(Defect::peak).toList());
    assertEquals(100.0 * 2 / (side * side), found.largestPercent(), "kept or not");
    assertTrue(found.worst().stream().noneMatch(one -> one.area() > 1), "it is not");
    assertEquals(0, found.small());
    assertFalse(found.nowhere());
  }

  @Test
  void ofEqualPeaksTheLargerComesFirstThenTheUpperThenTheLeft() {
    float[] values = new float[49];
    for (int at : new int[] {4, 18, 0, 42, 43, 46}) {
      values[at] = 0.5f;
    }
    List<Defect.Box> found =
        RULE.all(ScoreMap.of(7, values), 7, 7).stream().map(Defect::box).toList();
    assertEquals(
        List.of(
            new Defect.Box(0, 6, 2, 1),
            new Defect.Box(0, 0, 1, 1),
            new Defect.Box(4, 0, 1, 1),
            new Defect.Box(4, 2, 1, 1),
            new Defect.Box(4, 6, 1, 1)),
        found);
  }

  @Test
  void whatIsSmallerThanTheSmallestAreaIsCountedApart() {
    float[] values = {0, 0, 0, 0, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0.9f, 0, 0, 0};
    ScoreMap map = ScoreMap.of(4, values);
    for (MinArea smallest : List.of(MinArea.of("8"), MinArea.of("12.5%"))) {
      Defects found = RULE.with(smallest).find(map, 8, 8);
      assertEquals(1, found.count(), "exactly the smallest area is large enough");
      assertEquals(1, found.small());
      assertEquals(0.5f, found.worst().get(0).peak());
    }
    Defects none = RULE.with(MinArea.of("8.01")).find(map, 8, 8);
    assertEquals(List.of(), none.worst());
    assertEquals(2, none.small());
    assertEquals(0, none.largestPercent());
    assertFalse(none.nowhere());
    assertTrue(DefectRule.manual(1).find(map, 8, 8).nowhere());
  }

  @Test
  void aMapThatIsAboveEverywhereIsOneDefectOfTheWholePicture() {
    float[] values = new float[100];
    Arrays.fill(values, 0.4f);
    Defect all = RULE.find(ScoreMap.of(10, values), 1237, 811).worst().get(0);
    assertEquals(new Defect.Box(0, 0, 1237, 811), all.box());
    assertEquals(100, all.percent());
    assertEquals(1237 * 811, all.area());
  }

  @Test
  void areasAreInPercentOfWhatCounts() {
    float[] values = new float[16];
    values[0] = 0.5f;
    values[4] = 0.5f;
    // The right half is ignored.
    Region left =
        Region.lookingAt(
            new PolygonArea(
                List.of(
                    List.of(
                        List.of(0.0, 0.0),
                        List.of(0.5, 0.0),
                        List.of(0.5, 1.0),
                        List.of(0.0, 1.0)))));
    Defect found = RULE.within(Optional.of(left)).all(ScoreMap.of(4, values), 40, 40).get(0);
    assertEquals(25, found.percent());
    assertEquals(200, found.area(), "pixels are pixels");
    assertEquals(12.5, RULE.all(ScoreMap.of(4, values), 40, 40).get(0).percent());
    Defects few =
        RULE.with(MinArea.of("20%")).within(Optional.of(left)).find(ScoreMap.of(4, values), 4, 4);
    assertEquals(25, few.largestPercent());
  }

  @Test
  void aDetectorsRuleIsItsPixelThreshold() {
    Calibration known =
        new Calibration(Calibration.Kind.ESTIMATE, 0.2f, 0.1f, 0.05f, 0.01, 2, Optional.empty());
    assertEquals(new DefectRule(0.1f, MinArea.NONE), DefectRule.of(known));
    assertThrows(InputException.class, () -> DefectRule.manual(1.01f));
    assertThrows(InputException.class, () -> DefectRule.manual(Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> new DefectRule(-1, MinArea.NONE));
    assertThrows(
        IllegalArgumentException.class, () -> RULE.find(ScoreMap.of(1, new float[1]), 0, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%",
        "-1",
        "1e3",
        "40 px",
        "101%",
        "NaN",
        "0x4",
        ".",
        "1.",
        "1,5",
        "9999999999999"
      })
  void whatIsNoAreaIsRefused(String text) {
    InputException fault = assertThrows(InputException.class, () -> MinArea.of(text));
    assertTrue(fault.getMessage().contains("smallest area"), fault.getMessage());
  }

  @Test
  void anAreaSaysWhatItIs() {
    assertEquals("40 pixels", MinArea.of("40").text());
    assertEquals("1 pixel", MinArea.of("1").text());
    assertEquals("0.1 %", MinArea.of(" .1 % ").text());
    assertEquals("100 %", MinArea.of("100%").text());
    assertEquals("0 pixels", MinArea.NONE.text());
    assertEquals("120000 pixels", MinArea.of("120000").text());
  }

  @Test
  void boxesOverlapByIntersectionOverUnion() {
    Defect.Box box = new Defect.Box(10, 10, 10, 10);
    assertEquals(1, box.iou(box));
    assertEquals(0, box.iou(new Defect.Box(20, 10, 5, 5)), "edges that touch share no pixel");
    assertEquals(25 / 175.0, box.iou(new Defect.Box(15, 15, 10, 10)), 1e-12);
    assertEquals(0.04, box.iou(new Defect.Box(14, 13, 2, 2)), 1e-12);
    int far = Integer.MAX_VALUE;
    assertEquals(0, new Defect.Box(0, 0, far, far).iou(new Defect.Box(far, far, far, far)));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Defect.Box(0, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Defect.Box(-1, 0, 1, 1));
    Defect one = RULE.all(ScoreMap.of(1, new float[] {1}), 9, 9).get(0);
    assertThrows(IllegalArgumentException.class, () -> new Defects(8, 9, List.of(one), 1, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new Defects(9, 9, List.of(one), 2, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new Defects(9, 9, List.of(one), 1, -1, 100));
  }
}
