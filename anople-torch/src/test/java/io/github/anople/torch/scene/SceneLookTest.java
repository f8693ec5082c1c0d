package io.github.anople.torch.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scene.Measure;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SceneLookTest {

  private static final double CLOSE = 1e-5;

  private final SplittableRandom random = new SplittableRandom(5);

  /** Smooth light and some grain, {@code [3, side, side]}. */
  private float[] image(int side, double light, double grain) {
    float[] image = new float[3 * side * side];
    for (int i = 0; i < image.length; i++) {
      int x = i % side;
      int band = i / (side * side);
      double value = light * (0.5 + 0.4 * Math.sin(0.2 * x + band));
      image[i] = (float) Math.max(0, Math.min(1, value + grain * (random.nextDouble() - 0.5)));
    }
    return image;
  }

  private static Tensor tensor(int side, float[]... images) {
    float[] all = new float[images.length * images[0].length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(images[i], 0, all, i * images[0].length, images[0].length);
    }
    return Tensors.of(all, images.length, 3, side, side);
  }

  private static double[] light(float[] image, int side) {
    int n = side * side;
    double[] y = new double[n];
    double[] means = new double[3];
    double over = 0;
    for (int i = 0; i < n; i++) {
      y[i] = 0.299 * image[i] + 0.587 * image[n + i] + 0.114 * image[2 * n + i];
      for (int c = 0; c < 3; c++) {
        means[c] += image[c * n + i] / n;
      }
      float most = Math.max(image[i], Math.max(image[n + i], image[2 * n + i]));
      over += most * 255 > 249.5 ? 1.0 / n : 0;
    }
    double m = Arrays.stream(y).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(y).map(v -> (v - m) * (v - m)).average().orElseThrow());
    double across = 0;
    double down = 0;
    for (int i = 0; i < n; i++) {
      across += i % side > 0 ? Math.abs(y[i] - y[i - 1]) / (n - side) : 0;
      down += i >= side ? Math.abs(y[i] - y[i - side]) / (n - side) : 0;
    }
    return new double[] {
      Math.log(255 * m + 8),
      Math.log(255 * deviation + 4),
      Math.log(255 * (across + down) + 1),
      (means[0] - means[1]) / (m + 8.0 / 255),
      (means[2] - means[1]) / (m + 8.0 / 255),
      over
    };
  }

  @Test
  void lightIsWhatTheFormulasSay() {
    int side = 40;
    float[] usual = image(side, 1, 0.3);
    float[] bright = image(side, 2.2, 0.1);
    float[] found =
        TensorScope.inference(() -> Tensors.floats(Light.of(tensor(side, usual, bright))));
    for (int i = 0; i < 2; i++) {
      double[] expected = light(i == 0 ? usual : bright, side);
      for (int j = 0; j < Light.SIZE; j++) {
        assertEquals(expected[j], found[i * Light.SIZE + j], CLOSE, i + ", " + j);
      }
    }
    assertTrue(found[Light.SIZE + Light.OVEREXPOSED] > 0.1, "some of it is overexposed");
  }

  @Test
  void thePixelOfTheLowestOverexposedLevelCounts() {
    float[] level = new float[3 * 32 * 32];
    for (int grey : new int[] {249, 250}) {
      Arrays.fill(level, grey / 255f);
      float[] found = TensorScope.inference(() -> Tensors.floats(Light.of(tensor(32, level))));
      assertEquals(grey == 250 ? 1 : 0, found[Light.OVEREXPOSED]);
    }
  }

  /** A look that remembers two views of one image and one of another. */
  private static SceneLook look(int side, float[] one, float[] turned, float[] other) {
    SceneSight sight = new SceneSight(side, TrunkWeights.read(), ComputeDevice.CPU);
    float[] rows =
        TensorScope.inference(
            () -> Tensors.floats(sight.of(tensor(side, one, turned, other)).patches()));
    float[] statistics =
        TensorScope.inference(
            () -> Tensors.floats(sight.of(tensor(side, one, other)).statistics()));
    TrunkSettings seen = SceneSight.patches(side);
    long places = (long) seen.grid() * seen.grid();
    return new SceneLook(
        sight,
        new FloatTensor(List.of(3L, places, (long) seen.width()), rows),
        new FloatTensor(List.of(2L, (long) SceneSight.STATISTICS), statistics),
        ComputeDevice.CPU);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 240})
  void patchesAreComparedFromTheShotsSide(int side) {
    float[] one = image(side, 1, 0.4);
    float[] turned = image(side, 0.5, 0.1);
    float[] other = image(side, 0.8, 0.9);
    float[] odd = image(side, 0.3, 1.5);
    try (SceneLook look = look(side, one, turned, other)) {
      float[] found =
          TensorScope.inference(() -> Tensors.floats(look.measure(tensor(side, odd, turned))));
      float[] rows =
          TensorScope.inference(() -> Tensors.floats(look.sight().of(tensor(side, odd)).patches()));
      double[] expected = structure(look.patches(), rows);
      assertEquals(expected[0], found[0], CLOSE);
      assertEquals(expected[1], found[1], CLOSE);
      assertTrue(found[1] > found[0] && found[0] > 1e-3, Arrays.toString(found));
      assertEquals(0, found[Scene.SIZE], CLOSE, "a view that it remembers");
      assertEquals(0, found[Scene.SIZE + 1], CLOSE);
      // A picture's measures do not depend on what comes with it.
      float[] alone = TensorScope.inference(() -> Tensors.floats(look.measure(tensor(side, odd))));
      assertArrayEquals(Arrays.copyOf(found, Scene.SIZE), alone, 1e-6f);
    }
  }

  private static double[] structure(FloatTensor views, float[] picture) {
    int places = Math.toIntExact(views.shape().get(1));
    int width = Math.toIntExact(views.shape().get(2));
    double[] best = {1, 1};
    for (int view = 0; view < views.shape().get(0); view++) {
      double[] distances = new double[places];
      for (int j = 0; j < places; j++) {
        double nearest = 1;
        for (int i = 0; i < picture.length / width; i++) {
          double cosine = 0;
          for (int k = 0; k < width; k++) {
            cosine +=
                (double) views.values()[(view * places + j) * width + k] * picture[i * width + k];
          }
          nearest = Math.min(nearest, (1 - cosine) / 2);
        }
        distances[j] = nearest;
      }
      Arrays.sort(distances);
      int tenth = Math.max(1, places / 10);
      best[0] = Math.min(best[0], Arrays.stream(distances).average().orElseThrow());
      best[1] =
          Math.min(
              best[1], Arrays.stream(distances, places - tenth, places).average().orElseThrow());
    }
    return best;
  }

  @Test
  void lightIsComparedWithTheRangeOfTheShotsAndColourWithTheNearest() {
    int side = 64;
    float[] dim = image(side, 0.5, 0.05);
    float[] clear = image(side, 1, 0.05);
    float[] between = image(side, 0.75, 0.05);
    float[] dark = image(side, 0.1, 0.05);
    float[] green = clear.clone();
    for (int i = 0; i < side * side; i++) {
      green[i] *= 0.2f;
    }
    try (SceneLook look = look(side, dim, dim, clear)) {
      float[] found =
          TensorScope.inference(
              () -> Tensors.floats(look.measure(tensor(side, between, dark, green))));
      Scene usual = Scene.of(found, 0);
      assertEquals(0, usual.value(Measure.DARK));
      assertEquals(0, usual.value(Measure.BRIGHT));
      double[] darkest = light(dark, side);
      assertEquals(light(dim, side)[0] - darkest[0], Scene.of(found, 1).value(Measure.DARK), CLOSE);
      assertEquals(light(dim, side)[1] - darkest[1], Scene.of(found, 1).value(Measure.FLAT), CLOSE);
      assertEquals(0, Scene.of(found, 1).value(Measure.BRIGHT));
      double[] odd = light(green, side);
      double nearest = Math.min(apart(odd, light(dim, side)), apart(odd, light(clear, side)));
      assertEquals(nearest, Scene.of(found, 2).value(Measure.COLOUR), CLOSE);
    }
  }

  private static double apart(double[] one, double[] other) {
    return Math.max(Math.abs(one[3] - other[3]), Math.abs(one[4] - other[4]));
  }
}
