package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.Shot;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PatchMemoryTest {

  private static final List<RgbImage> SHOTS =
      List.of(RgbImage.of(SyntheticParts.good(0)), RgbImage.of(SyntheticParts.good(1)));
  private static final Set<Integer> LAYERS = Set.of(1, 2);

  private static LoadedBackbone backbone;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private static TrainingConfig config(int shifts) {
    return TrainingConfig.mvtec()
        .with(
            Map.of(
                "memory.shifts", String.valueOf(shifts),
                "memory.first_layer", "1",
                "memory.last_layer", "2"));
  }

  private static AnomalyDetector fit(List<RgbImage> images, TrainingConfig config) {
    int side = backbone.clip().config().vision().imageSize();
    List<Shot> shots =
        images.stream()
            .map(image -> new Shot(null, image, Resampler.resize(image, side, side)))
            .toList();
    return PatchMemory.fit(backbone, shots, config);
  }

  @Test
  void theScoreIsTheLargestDistanceToTheNearestGoodPatch() {
    RgbImage bad = RgbImage.of(SyntheticParts.scratched(3));
    try (AnomalyDetector detector = fit(SHOTS, config(1))) {
      double worst = 0;
      for (float[] patch : patches(bad)) {
        double nearest = 1;
        for (RgbImage shot : SHOTS) {
          for (float[] good : patches(shot)) {
            double cosine = 0;
            for (int i = 0; i < good.length; i++) {
              cosine += patch[i] * good[i];
            }
            nearest = Math.min(nearest, (1 - cosine) / 2);
          }
        }
        worst = Math.max(worst, nearest);
      }
      Detection detection = detector.detect(bad);

      // Enlarging puts no pixel above the highest patch, and some beside it.
      assertTrue(detection.score() <= worst + 1e-6, detection.score() + " above " + worst);
      assertEquals(worst, detection.score(), 0.2 * worst);
      assertTrue(detection.map().max() <= detection.score(), "the reported map is blurred");
    }
  }

  /** Each patch: the mean of its rows after the layers, of unit length. */
  private static float[][] patches(RgbImage image) {
    ClipModel clip = backbone.clip();
    int width = clip.config().vision().width();
    float[][] layers = new float[LAYERS.size()][];
    for (int layer : LAYERS) {
      layers[layer - 1] =
          TensorScope.inference(
              () ->
                  Tensors.floats(
                      clip.vision()
                          .encode(Images.batch(clip, List.of(image)), null, LAYERS)
                          .layers()
                          .get(layer)));
    }
    float[][] patches = new float[clip.config().vision().patches()][width];
    for (int patch = 0; patch < patches.length; patch++) {
      double squares = 0;
      for (int i = 0; i < width; i++) {
        float mean = (layers[0][patch * width + i] + layers[1][patch * width + i]) / 2;
        patches[patch][i] = mean;
        squares += mean * mean;
      }
      for (int i = 0; i < width; i++) {
        patches[patch][i] /= (float) Math.sqrt(squares);
      }
    }
    return patches;
  }

  @Test
  void anImageThatItRemembersIsNormalEverywhere() {
    try (AnomalyDetector detector = fit(SHOTS, config(1))) {
      Detection detection = detector.detect(SHOTS.get(1));

      assertEquals(0, detection.score(), 1e-5);
      assertTrue(detection.score() > 0, "a score of 0 is outside the contract");
      assertEquals(backbone.clip().config().vision().imageSize(), detection.map().width());
    }
  }

  /** The same part, two pixels further: half a patch of the tiny backbone's. */
  @Test
  void aMovedPartIsNearerToAMemoryOfMovedShots() {
    int side = backbone.clip().config().vision().imageSize();
    int move = backbone.clip().config().vision().patchSize() / 2;
    BufferedImage part =
        Resampler.resize(RgbImage.of(SyntheticParts.scratched(5)), side, side).toBufferedImage();
    BufferedImage moved = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int x = Math.min(i % side + move, side - 1);
      moved.setRGB(i % side, i / side, part.getRGB(x, i / side));
    }
    List<RgbImage> shot = List.of(RgbImage.of(part));
    try (AnomalyDetector one = fit(shot, config(1));
        AnomalyDetector two = fit(shot, config(2))) {
      double plain = one.detect(RgbImage.of(moved)).score();
      double shifted = two.detect(RgbImage.of(moved)).score();

      assertTrue(shifted < 1e-4 && plain > 100 * shifted, plain + " and " + shifted);
    }
  }

  /** Fewer rows are as near or farther; those that are kept are still seen before. */
  @Test
  void aCoresetForgetsSome() {
    TrainingConfig half = config(1).with("memory.coreset", "0.5");
    RgbImage shot = SHOTS.get(0);
    try (AnomalyDetector all = fit(SHOTS, config(1));
        AnomalyDetector some = fit(SHOTS, half);
        AnomalyDetector again = fit(SHOTS, half)) {
      float kept = some.detect(shot).score();

      assertTrue(kept > 100 * all.detect(shot).score(), () -> "score " + kept);
      assertEquals(kept, again.detect(shot).score());
    }
  }

  @Test
  void aTurnedPartIsKnownToAMemoryOfTurnedShots() {
    int side = backbone.clip().config().vision().imageSize();
    RgbImage part = Resampler.resize(RgbImage.of(SyntheticParts.scratched(5)), side, side);
    BufferedImage turned = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int x = i % side;
      int y = i / side;
      turned.setRGB(x, y, part.toBufferedImage().getRGB(side - 1 - y, x));
    }
    List<RgbImage> shot = List.of(part);
    for (String encoder : List.of("clip", "trunk")) {
      TrainingConfig plain = config(1).with("memory.encoder", encoder);
      try (AnomalyDetector one = fit(shot, plain);
          AnomalyDetector four = fit(shot, plain.with("memory.views", "turns"))) {
        double unknown = one.detect(RgbImage.of(turned)).score();
        double known = four.detect(RgbImage.of(turned)).score();

        assertTrue(known < 1e-4 && unknown > 10 * known, encoder + ": " + unknown + ", " + known);
      }
    }
  }

  /** Distances of two encoders are averaged by their weights. */
  @Test
  void joinedEncodersSayTheMeanOfWhatEachSays() {
    RgbImage bad = RgbImage.of(SyntheticParts.scratched(3));
    TrainingConfig joined =
        config(1).with(Map.of("memory.encoder", "clip+trunk", "memory.encoder_weights", "0.5,1.5"));
    try (AnomalyDetector clip = fit(SHOTS, config(1));
        AnomalyDetector trunk = fit(SHOTS, config(1).with("memory.encoder", "trunk"));
        AnomalyDetector both = fit(SHOTS, joined)) {
      ScoreMap ofClip = clip.detect(bad).map();
      ScoreMap ofTrunk = trunk.detect(bad).map();
      ScoreMap mean = both.detect(bad).map();
      for (int i = 0; i < mean.height() * mean.width(); i++) {
        int x = i % mean.width();
        int y = i / mean.width();
        assertEquals(0.25 * ofClip.at(x, y) + 0.75 * ofTrunk.at(x, y), mean.at(x, y), 1e-5);
      }
    }
  }

  @Test
  void manyImagesGetWhatEachWouldGetAlone() {
    List<RgbImage> many =
        IntStream.range(0, 11).mapToObj(i -> RgbImage.of(SyntheticParts.scratched(i))).toList();
    try (AnomalyDetector detector = fit(SHOTS, config(1))) {
      List<Detection> together = detector.detect(many);

      for (int i = 0; i < many.size(); i++) {
        assertEquals(detector.detect(many.get(i)).score(), together.get(i).score(), 1e-5);
      }
    }
  }

  @Test
  void aClosedDetectorIsOfNoUse() {
    AnomalyDetector detector = fit(SHOTS, config(1));
    detector.close();
    detector.close();

    assertThrows(IllegalStateException.class, () -> detector.detect(SHOTS.get(0)));
  }

  @Test
  void nothingIsRememberedFromNothing() {
    assertThrows(IllegalArgumentException.class, () -> fit(List.of(), config(1)));
  }
}
