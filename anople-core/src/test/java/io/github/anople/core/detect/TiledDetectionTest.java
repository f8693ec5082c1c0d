package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TiledDetectionTest {

  private static final int SIDE = 16;

  private final List<Integer> batches = new ArrayList<>();
  private final List<Integer> seen = new ArrayList<>();
  private int scenes;

  /** Scores a tile by its brightest red. */
  private final TiledDetection.Engine engine =
      new TiledDetection.Engine() {
        @Override
        public PreparedImage prepare(RgbImage image) {
          return new PreparedImage(Resampler.resize(image, SIDE, SIDE));
        }

        @Override
        public PreparedImage whole(RgbImage picture) {
          return prepare(picture);
        }

        @Override
        public List<Detection> detect(List<PreparedImage> tiles, List<Integer> places) {
          batches.add(tiles.size());
          seen.addAll(places);
          return tiles.stream().map(tile -> red(tile.image())).toList();
        }

        @Override
        public List<Scene> scenes(List<PreparedImage> pictures) {
          scenes += pictures.size();
          return pictures.stream()
              .map(picture -> new Scene(Collections.nCopies(Scene.SIZE, 1f)))
              .toList();
        }
      };

  private static Detection red(RgbImage tile) {
    float[] values = new float[SIDE * SIDE];
    float most = 0.001f;
    for (int i = 0; i < values.length; i++) {
      values[i] = tile.red(i % SIDE, i / SIDE) / 256f;
      most = Math.max(most, values[i]);
    }
    float[] place = {most, 1, 0};
    return new Detection(
        most, ScoreMap.of(SIDE, values), Optional.of(ImageFeature.of(place)), Optional.empty());
  }

  private static RgbImage picture(int width, int height, int x, int y, int side) {
    byte[] samples = new byte[3 * width * height];
    for (int row = y; row < y + side; row++) {
      for (int column = x; column < x + side; column++) {
        samples[3 * (row * width + column)] = (byte) 200;
      }
    }
    return RgbImage.of(width, height, samples);
  }

  @Test
  void theWorstTileDecidesAndTheMapShowsWhere() {
    TiledDetection tiled =
        new TiledDetection(new Tiling(1, 1, 64, 0.1, false), SIDE, 8, Optional.empty(), engine);
    List<PreparedImage> pictures =
        List.of(
            tiled.prepare(picture(1600, 64, 1200, 20, 12)),
            tiled.prepare(picture(40, 640, 4, 100, 12)),
            tiled.prepare(picture(64, 64, 30, 30, 0)));
    List<Detection> found = tiled.detect(pictures);
    assertEquals(3, found.size());
    ScoreMap wide = found.get(0).map();
    assertEquals(16, wide.height());
    assertEquals(400, wide.width());
    assertEquals(wide.max(), wide.at(6, 301), 0.02);
    assertEquals(0, wide.at(6, 200));
    assertTrue(found.get(0).score() > 0.5 && found.get(1).score() > 0.5);
    assertTrue(found.get(2).score() < 0.01);
    assertEquals(found.get(0).score(), found.get(0).feature().orElseThrow().at(0), 1);
    assertEquals(160, found.get(1).map().height());
    assertEquals(3, scenes, "each picture once, as a whole");
    assertTrue(found.get(1).scene().isPresent());
    assertTrue(batches.stream().limit(batches.size() - 1).allMatch(size -> size == 8));
    assertTrue(seen.stream().allMatch(place -> place == 0));
  }

  @Test
  void aTileKnowsItsPlaceWhereTheMemoryTellsThemApart() {
    TiledDetection tiled =
        new TiledDetection(new Tiling(3, 2, 0, 0, true), SIDE, 4, Optional.empty(), engine);
    tiled.detect(List.of(tiled.prepare(picture(90, 60, 0, 0, 1))));
    assertEquals(List.of(0, 1, 2, 3, 4, 5), seen);
    assertEquals(List.of(4, 2), batches);
  }

  /** Of a large picture the small tiles, of a small one the picture. */
  @Test
  void whatWaitsIsNeverMuchLargerThanThePicture() {
    TiledDetection tiled =
        new TiledDetection(new Tiling(1, 1, 64, 0.5, false), SIDE, 8, Optional.empty(), engine);
    RgbImage large = picture(2000, 1000, 0, 0, 1);
    PreparedImage prepared = tiled.prepare(large);
    assertTrue(prepared.tiles().orElseThrow().source().isEmpty());
    assertTrue(prepared.bytes() < large.bytes() / 2, prepared.bytes() + " bytes");
    TiledDetection fine =
        new TiledDetection(new Tiling(8, 8, 0, 0.1, false), SIDE, 8, Optional.empty(), engine);
    RgbImage small = picture(64, 64, 10, 10, 2);
    PreparedImage kept = fine.prepare(small);
    assertEquals(Optional.of(small), kept.tiles().orElseThrow().source());
    assertEquals(small.bytes() + 3L * SIDE * SIDE, kept.bytes());
    assertTrue(fine.detect(List.of(kept)).get(0).score() > 0.5);
  }
}
