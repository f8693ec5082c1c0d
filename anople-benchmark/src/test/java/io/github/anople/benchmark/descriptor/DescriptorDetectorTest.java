package io.github.anople.benchmark.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.MvtecLayout;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DescriptorDetectorTest {

  private static final List<RgbImage> SHOTS =
      List.of(RgbImage.of(SyntheticParts.good(0)), RgbImage.of(SyntheticParts.good(1)));

  @Test
  void scratchedPartsScoreAboveGoodOnes() {
    try (DescriptorDetector detector = DescriptorDetector.fit(SHOTS, 60)) {
      float worstGood = 0;
      float bestBad = 1;
      for (int i = 2; i < 8; i++) {
        worstGood = Math.max(worstGood, score(detector, SyntheticParts.good(i)));
        bestBad = Math.min(bestBad, score(detector, SyntheticParts.scratched(i)));
      }
      assertTrue(worstGood < bestBad, worstGood + " is not below " + bestBad);
    }
  }

  private static float score(DescriptorDetector detector, BufferedImage image) {
    return detector.detect(RgbImage.of(image)).score();
  }

  @Test
  void theMapIsHighestWhereTheDefectIs() {
    RgbImage plain = RgbImage.of(64, 32, new byte[3 * 64 * 32]);
    byte[] samples = plain.pixels();
    for (int y = 16; y < 28; y++) {
      for (int x = 4; x < 16; x++) {
        samples[3 * (y * 64 + x)] = (byte) 200;
      }
    }
    try (DescriptorDetector detector = DescriptorDetector.fit(List.of(plain), 64)) {
      Detection detection = detector.detect(RgbImage.of(64, 32, samples));

      // The place (10, 22) of 64 x 32 is (10, 44) on the square map.
      int best = 0;
      float[] map = detection.map().toArray();
      for (int i = 0; i < map.length; i++) {
        best = map[i] > map[best] ? i : best;
      }
      int row = best / 64;
      assertTrue(Math.abs(best % 64 - 10) <= 8, "column " + best % 64);
      assertTrue(Math.abs(row - 44) <= 8, "row " + row);
      assertTrue(detection.map().at(5, 60) < map[best] / 2, "calm far away");
    }
  }

  @Test
  void anImageThatItRemembersIsAsNormalAsCanBe() {
    try (DescriptorDetector detector = DescriptorDetector.fit(SHOTS, 30)) {
      Detection detection = detector.detect(SHOTS.get(1));

      assertEquals(0, detection.score(), 1e-6);
      assertEquals(0, detection.map().max(), 1e-6);
      assertTrue(detection.score() > 0, "a score of 0 is outside the contract");
    }
  }

  @Test
  void imagesOfAnyShapeGetAScoreInsideTheRange() {
    long seed = 20261125;
    SplittableRandom random = new SplittableRandom(seed);
    int[][] sizes = {{1, 1}, {1, 700}, {700, 1}, {17, 16}, {301, 155}};
    for (int[] size : sizes) {
      byte[] noise = new byte[3 * size[0] * size[1]];
      random.nextBytes(noise);
      RgbImage image = RgbImage.of(size[0], size[1], noise);
      // Learned from a flat picture, noise is as far off as can be.
      RgbImage flat = RgbImage.of(size[0], size[1], new byte[noise.length]);
      try (DescriptorDetector detector = DescriptorDetector.fit(List.of(flat), 12)) {
        Detection detection = detector.detect(image);

        assertTrue(detection.score() > 0 && detection.score() < 1, "seed " + seed);
        assertEquals(12, detection.map().width());
      }
    }
  }

  @Test
  void eachImageGetsWhatItWouldGetAlone() {
    RgbImage bad = RgbImage.of(SyntheticParts.scratched(5));
    try (DescriptorDetector detector = DescriptorDetector.fit(SHOTS, 30)) {
      assertEquals(detector.detect(bad), detector.detect(List.of(SHOTS.get(0), bad)).get(1));
    }
  }

  @Test
  void aClosedDetectorIsOfNoUse() {
    DescriptorDetector detector = DescriptorDetector.fit(SHOTS, 30);
    detector.close();
    detector.close();

    assertThrows(IllegalStateException.class, () -> detector.detect(SHOTS.get(0)));
  }

  @Test
  void nothingIsLearnedFromNothing() {
    List<RgbImage> none = List.of();

    assertThrows(IllegalArgumentException.class, () -> DescriptorDetector.fit(none, 30));
    assertThrows(IllegalArgumentException.class, () -> DescriptorDetector.fit(SHOTS, 0));
  }

  @Test
  void realDefectsAreFoundWithOneShot() {
    Optional<Path> root = Fixtures.dataSet("aws_cookie");
    assumeTrue(root.isPresent(), "skipped: the data set is not here");
    InspectionDataset dataset = MvtecLayout.read(root.get());
    ImageReader reader = new ImageReader();
    List<RgbImage> shots =
        ShotSelection.random(1, 1).select(dataset).stream()
            .map(shot -> reader.read(shot.image()))
            .toList();
    try (DescriptorDetector detector = DescriptorDetector.fit(shots, 64)) {
      double right = 0;
      double pairs = 0;
      List<Float> good = scores(detector, dataset.test(), Label.NORMAL, reader);
      for (float bad : scores(detector, dataset.test(), Label.ANOMALOUS, reader)) {
        for (float normal : good) {
          right += bad > normal ? 1 : 0;
          pairs++;
        }
      }
      System.out.printf("cookie, 1 shot, seed 1: image AUROC %.3f%n", right / pairs);
      assertTrue(right / pairs > 0.85, "image AUROC " + right / pairs);
    }
  }

  private static List<Float> scores(
      DescriptorDetector detector, List<Sample> samples, Label label, ImageReader reader) {
    return samples.stream()
        .filter(sample -> sample.label() == label)
        .map(sample -> detector.detect(reader.read(sample.image())).score())
        .toList();
  }
}
