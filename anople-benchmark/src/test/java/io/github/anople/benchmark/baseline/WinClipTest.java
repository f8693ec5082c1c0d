package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WinClipTest {

  private static final List<RgbImage> SHOTS =
      List.of(RgbImage.of(SyntheticParts.good(0)), RgbImage.of(SyntheticParts.good(1)));
  private static final RgbImage BAD = RgbImage.of(SyntheticParts.scratched(3));
  private static final List<String> NAMES = List.of("metal_nut");

  private static LoadedBackbone backbone;
  private static ClipModel clip;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
    clip = backbone.clip();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  @Test
  void statesMeetTemplates() {
    assertEquals(22, new HashSet<>(WinClipTexts.templates()).size());
    List<String> texts = WinClipTexts.texts(WinClipTexts.NORMAL, "metal_nut");
    assertEquals(7 * 22, new HashSet<>(texts).size());
    assertEquals(4 * 22, WinClipTexts.texts(WinClipTexts.ABNORMAL, "nut").size());
    assertTrue(texts.contains("a photo of a small flawless metal nut."), texts::toString);
    assertTrue(texts.contains("a photo of the metal nut without flaw for visual inspection."));
    assertFalse(texts.toString().contains("%"));
  }

  @Test
  void aNameWithAPercentSignIsTakenAsItIs() {
    assertTrue(WinClipTexts.texts(WinClipTexts.NORMAL, "100%s").contains("a photo of a 100%s."));
  }

  @Test
  void windowsVisitEveryPlaceOnce() {
    long[][] windows = new WindowScale(4, 3).windows();

    assertEquals(4, windows.length);
    assertArrayEquals(new long[] {0, 1, 2, 4, 5, 6, 8, 9, 10}, windows[0]);
    assertArrayEquals(new long[] {5, 6, 7, 9, 10, 11, 13, 14, 15}, windows[3]);
    assertArrayEquals(new long[][] {{0}}, new WindowScale(1, 1).windows());
  }

  @Test
  void eachPatchTakesTheHarmonicMeanOfItsWindows() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    WindowScale scale = new WindowScale(5, 2);
    float[] values = new float[16];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == 3 ? 0 : (float) random.nextDouble(0.01, 1);
    }

    float[] map =
        TensorScope.inference(
            () ->
                Tensors.floats(WindowScale.harmonicMean(Tensors.of(values, 1, 16), scale.cover())));

    long[][] windows = scale.windows();
    for (int patch = 0; patch < map.length; patch++) {
      int number = patch;
      double inverse = 0;
      int count = 0;
      for (int window = 0; window < windows.length; window++) {
        if (Arrays.stream(windows[window]).anyMatch(one -> one == number)) {
          inverse += 1 / Math.max(values[window], 1e-6);
          count++;
        }
      }
      assertEquals(count / inverse, map[patch], 1e-5, "patch " + patch + ", seed " + seed);
    }
  }

  @Test
  void theWindowOfAllPatchesIsTheWholeImage() {
    int grid = clip.config().vision().grid();
    float[] whole = clip.embedImage(BAD);

    float[] window =
        TensorScope.inference(
            () ->
                Tensors.floats(
                    Tensors.normalize(
                        clip.vision()
                            .encodeWindows(batch(BAD), new WindowScale(grid, grid).windows()))));

    assertArrayEquals(whole, window, 1e-5f);
  }

  @Test
  void aWindowSeesNothingOutsideOfIt() {
    long[][] first = {new WindowScale(clip.config().vision().grid(), 2).windows()[0]};
    int patch = clip.config().vision().patchSize();
    int side = clip.config().vision().imageSize();
    byte[] samples = new byte[3 * side * side];
    new SplittableRandom(5).nextBytes(samples);
    RgbImage image = RgbImage.of(side, side, samples);
    for (int i = 0; i < side * side; i++) {
      if (i % side >= 2 * patch || i / side >= 2 * patch) {
        Arrays.fill(samples, 3 * i, 3 * i + 3, (byte) 0);
      }
    }

    float[] before = windows(image, first);
    float[] after = windows(RgbImage.of(side, side, samples), first);

    assertArrayEquals(before, after, 1e-6f);
    assertFalse(Arrays.equals(before, windows(BAD, first)), "it sees what is inside");
  }

  private static float[] windows(RgbImage image, long[][] windows) {
    return TensorScope.inference(
        () -> Tensors.floats(clip.vision().encodeWindows(batch(image), windows)));
  }

  private static Tensor batch(RgbImage image) {
    return Images.batch(clip, List.of(image));
  }

  @Test
  void withoutShotsTheScoreIsTheImagesAgainstTheMeanTexts() {
    double logit = 0;
    double sign = 1;
    float[] image = clip.embedImage(BAD);
    for (List<String> states : List.of(WinClipTexts.ABNORMAL, WinClipTexts.NORMAL)) {
      double[] mean = new double[image.length];
      for (String text : WinClipTexts.texts(states, NAMES.get(0))) {
        float[] feature = clip.embedText(text);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += feature[i];
        }
      }
      double length = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
      for (int i = 0; i < mean.length; i++) {
        logit += sign * image[i] * mean[i] / length / WinClip.TEMPERATURE;
      }
      sign = -1;
    }
    try (AnomalyDetector detector = WinClip.fit(clip, NAMES, List.of())) {
      Detection detection = detector.detect(BAD);

      assertEquals(1 / (1 + Math.exp(-logit)), detection.score(), 1e-4);
      assertEquals(clip.config().vision().imageSize(), detection.map().width());
    }
  }

  @Test
  void anImageThatItRemembersIsHalfWhatTheTextsSay() {
    try (AnomalyDetector zero = WinClip.fit(clip, NAMES, List.of());
        AnomalyDetector few = WinClip.fit(clip, NAMES, SHOTS)) {
      Detection texts = zero.detect(SHOTS.get(1));
      Detection both = few.detect(SHOTS.get(1));

      assertEquals(texts.score() / 2, both.score(), 1e-5);
      float[] expected = texts.map().toArray();
      for (int i = 0; i < expected.length; i++) {
        expected[i] /= 2;
      }
      assertArrayEquals(expected, both.map().toArray(), 1e-4f);
    }
  }

  @Test
  void shotsRaiseWhatTheyDoNotShow() {
    try (AnomalyDetector zero = WinClip.fit(clip, NAMES, List.of());
        AnomalyDetector few = WinClip.fit(clip, NAMES, SHOTS)) {
      assertTrue(few.detect(BAD).score() > zero.detect(BAD).score() / 2);
    }
  }

  @Test
  void manyImagesGetWhatEachWouldGetAlone() {
    List<RgbImage> three = List.of(BAD, SHOTS.get(0), RgbImage.of(1, 3, new byte[9]));
    try (AnomalyDetector detector = WinClip.fit(clip, List.of("nut", "bolt"), SHOTS)) {
      List<Detection> together = detector.detect(three);

      for (int i = 0; i < three.size(); i++) {
        assertEquals(detector.detect(three.get(i)).score(), together.get(i).score(), 1e-5);
      }
    }
  }

  @Test
  void withoutANameThereIsNothingToSay() {
    assertThrows(IllegalArgumentException.class, () -> WinClip.fit(clip, List.of(), SHOTS));
  }
}
