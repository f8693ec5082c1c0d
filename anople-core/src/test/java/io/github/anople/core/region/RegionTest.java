package io.github.anople.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.Overpainting;
import io.github.anople.core.image.RgbImage;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

  private static final int ROUNDS = 60;

  private static List<List<Double>> box(double left, double top, double right, double bottom) {
    return List.of(
        List.of(left, top), List.of(right, top), List.of(right, bottom), List.of(left, bottom));
  }

  private static Region drawn(SplittableRandom random) {
    List<List<List<Double>>> polygons = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<List<Double>> corners = new ArrayList<>();
      for (int corner = 0; corner < 3 + random.nextInt(6); corner++) {
        corners.add(List.of(random.nextDouble(), random.nextDouble()));
      }
      polygons.add(corners);
    }
    Area area = new PolygonArea(polygons);
    return random.nextBoolean() ? Region.ignoring(area) : Region.lookingAt(area);
  }

  @Test
  void polygonsContainWhatTheirOutlinesEncloseEvenlyOddly() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Region region = drawn(random);
      int height = 1 + random.nextInt(60);
      int width = 1 + random.nextInt(60);
      boolean[] counted = region.counted(height, width);
      boolean ignores = region.ignored().isPresent();
      PolygonArea area = (PolygonArea) region.ignored().or(region::lookedAt).orElseThrow();
      for (int i = 0; i < counted.length; i++) {
        int row = i / width;
        double x = (i % width + 0.5) / width;
        double y = (row + 0.5) / height;
        boolean inside = area.polygons().stream().anyMatch(one -> outline(one).contains(x, y));
        assertEquals(inside != ignores, counted[i], "seed " + seed + ", " + x + ", " + y);
      }
    }
  }

  private static Path2D outline(List<List<Double>> polygon) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    path.moveTo(polygon.get(0).get(0), polygon.get(0).get(1));
    polygon.subList(1, polygon.size()).forEach(corner -> path.lineTo(corner.get(0), corner.get(1)));
    path.closePath();
    return path;
  }

  @Test
  void aRegionDrawnAsPolygonsAndAsAMaskIsTheSameAtEverySize() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int width = 2 + random.nextInt(40);
      int height = 2 + random.nextInt(40);
      int left = random.nextInt(width);
      int right = left + 1 + random.nextInt(width - left);
      int top = random.nextInt(height);
      int bottom = top + 1 + random.nextInt(height - top);
      boolean[] marked = new boolean[width * height];
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          marked[y * width + x] = true;
        }
      }
      Region mask = Region.ignoring(MaskArea.of(width, height, marked));
      Region polygon =
          Region.ignoring(
              new PolygonArea(
                  List.of(
                      box(
                          left / (double) width,
                          top / (double) height,
                          right / (double) width,
                          bottom / (double) height))));
      for (int rows : new int[] {1, 7, height, 2 * height, 64, 240}) {
        for (int columns : new int[] {1, 9, width, 3 * width, 100}) {
          assertArrayEquals(
              mask.counted(rows, columns),
              polygon.counted(rows, columns),
              "seed " + seed + ": " + columns + " x " + rows);
        }
      }
    }
  }

  @Test
  void aMaskMarksByThePixelInWhichAPlaceLies() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int width = 1 + random.nextInt(30);
      int height = 1 + random.nextInt(30);
      boolean[] marked = new boolean[width * height];
      for (int i = 0; i < marked.length; i++) {
        marked[i] = random.nextInt(3) == 0;
      }
      Region region = Region.lookingAt(MaskArea.of(width, height, marked));
      int rows = 1 + random.nextInt(90);
      int columns = 1 + random.nextInt(90);
      boolean[] counted = region.counted(rows, columns);
      for (int i = 0; i < counted.length; i++) {
        int x = (int) ((2L * (i % columns) + 1) * width / (2L * columns));
        int y = (int) ((2L * (i / columns) + 1) * height / (2L * rows));
        assertEquals(marked[y * width + x], counted[i], "seed " + seed + ", place " + i);
      }
    }
  }

  @Test
  void bothWaysTogetherCountWhatIsLookedAtAndNotIgnored() {
    Area wide = new PolygonArea(List.of(box(0.25, 0, 1, 1)));
    Area low = new PolygonArea(List.of(box(0, 0.5, 1, 1)));
    Region both =
        Region.fromJson(
            "{\"look_at\":[[[0.25,0],[1,0],[1,1],[0.25,1]]],\"ignore\":[[[0,0.5],[1,0.5],[1,1],[0,1]]]}",
            "here");
    assertArrayEquals(
        new boolean[] {false, true, true, true, false, false, false, false}, both.counted(2, 4));
    assertArrayEquals(
        new boolean[] {false, true, true, true, false, true, true, true},
        Region.lookingAt(wide).counted(2, 4));
    assertArrayEquals(
        new boolean[] {true, true, true, true, false, false, false, false},
        Region.ignoring(low).counted(2, 4));
  }

  @Test
  void jsonBringsARegionBack() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Region region = drawn(random);
      assertEquals(region, Region.fromJson(region.toJson(), "here"));
      boolean[] marked = new boolean[12 * 9];
      for (int i = 0; i < marked.length; i++) {
        marked[i] = random.nextInt(4) < seed % 5;
      }
      FilledRegion mask =
          new FilledRegion(Region.ignoring(MaskArea.of(12, 9, marked)), List.of(1, 2, 255));
      assertEquals(mask, FilledRegion.fromJson(mask.toJson(), "here"));
      assertEquals(mask.toJson(), FilledRegion.fromJson(mask.toJson(), "here").toJson());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"ignore\":[]}",
        "{\"ignore\":[[[0,0],[1,1]]]}",
        "{\"ignore\":[[[0,0],[1,1],[1.5,0]]]}",
        "{\"ignore\":[[[0,0],[1,1],[-0.1,0]]]}",
        "{\"ignore\":[[[0,0],[1,1],[1e999,0]]]}",
        "{\"ignore\":[[[0,0],[1,1],[0,0,0]]]}",
        "{\"ignore\":[[[0,0],[1,1],[\"a\",0]]]}",
        "{\"ignore\":[[[0,0],[1,1],null]]}",
        "{\"ignore\":[[0,0],[1,1],[1,0]]}",
        "{\"ignore\":[[[0,0],[1,1],[1,0]]],\"more\":1}",
        "{\"ignore\":[[[0,0],[1,1],[1,0]]],\"ignore\":[[[0,0],[1,1],[1,0]]]}",
        "{\"ignore\":\"all\"}",
        "{\"ignore\":{\"width\":2,\"height\":2,\"runs\":[1,2]}}",
        "{\"ignore\":{\"width\":2,\"height\":2,\"runs\":[1,4]}}",
        "{\"ignore\":{\"width\":2,\"height\":2,\"runs\":[-1,5]}}",
        "{\"ignore\":{\"width\":2,\"height\":2,\"runs\":[9223372036854775807,4]}}",
        "{\"ignore\":{\"width\":0,\"height\":2,\"runs\":[]}}",
        "{\"ignore\":{\"width\":100000,\"height\":100000,\"runs\":[10000000000]}}",
        "{\"ignore\":{\"width\":2,\"height\":2}}"
      })
  void whatIsNoRegionIsRefusedInOneLine(String json) {
    InputException fault =
        assertThrows(InputException.class, () -> Region.fromJson(json, "region.json"));
    assertTrue(fault.getMessage().startsWith("region.json"), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ignore\":[[[0,0],[1,1],[1,0]]]}",
        "{\"ignore\":[[[0,0],[1,1],[1,0]]],\"fill\":[1,2]}",
        "{\"ignore\":[[[0,0],[1,1],[1,0]]],\"fill\":[1,2,256]}",
        "{\"ignore\":[[[0,0],[1,1],[1,0]]],\"fill\":[1,2,4294967296]}"
      })
  void aDetectorsRegionNeedsItsColour(String json) {
    assertThrows(InputException.class, () -> FilledRegion.fromJson(json, "here"));
  }

  @Test
  void aRegionThatCoversEverythingOrNothingIsRefused() {
    Region all = Region.ignoring(new PolygonArea(List.of(box(0, 0, 1, 1))));
    Region none = Region.lookingAt(new PolygonArea(List.of(box(0, 0, 1, 1))));
    Region nextToAll = Region.ignoring(new PolygonArea(List.of(box(0, 0, 0.999, 1))));
    assertThrows(InputException.class, () -> all.requireUseful("it", 8, 8));
    assertThrows(InputException.class, () -> none.requireUseful("it", 8, 8));
    assertThrows(InputException.class, () -> nextToAll.requireSomething("it", 240, 240));
    none.requireSomething("it", 8, 8);
  }

  @Test
  void fillingLeavesWhatCountsAndSpreadingBringsInNothingElse() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Region region = drawn(random);
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(40);
      byte[] samples = new byte[3 * width * height];
      byte[] changed = new byte[samples.length];
      boolean[] counted = region.counted(height, width);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) random.nextInt(128);
        changed[i] = counted[i / 3] ? samples[i] : (byte) (128 + random.nextInt(128));
      }
      RgbImage one = RgbImage.of(width, height, samples);
      RgbImage other = RgbImage.of(width, height, changed);
      FilledRegion filled = new FilledRegion(region, List.of(200, 201, 202));
      assertEquals(filled.fill(one), filled.fill(other));
      byte[] seen = filled.fill(one).pixels();
      for (int i = 0; i < seen.length; i++) {
        assertEquals(counted[i / 3] ? samples[i] : (byte) (200 + i % 3), seen[i]);
      }
      if (has(counted)) {
        RgbImage spread = Overpainting.spread(one, region.rows(height));
        assertEquals(spread, Overpainting.spread(other, region.rows(height)), "seed " + seed);
        assertArrayEquals(
            Overpainting.mean(one, region.rows(height)),
            Overpainting.mean(other, region.rows(height)));
        byte[] pixels = spread.pixels();
        for (int i = 0; i < pixels.length; i++) {
          assertTrue(!counted[i / 3] || pixels[i] == samples[i]);
        }
      } else {
        assertEquals(0, Overpainting.mean(one, region.rows(height)).length);
      }
    }
  }

  private static boolean has(boolean... counted) {
    for (boolean one : counted) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  @Test
  void spreadPixelsComeFromTheNearestOfTheirRow() {
    RgbImage image = RgbImage.of(5, 1, new byte[] {1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 5, 5, 5});
    RgbImage spread =
        Overpainting.spread(
            image,
            (y, chosen) -> {
              for (int x = 0; x < chosen.length; x++) {
                chosen[x] = x == 0 || x == 4;
              }
            });
    assertArrayEquals(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5}, spread.pixels());
    assertNotEquals(image, spread);
  }
}
