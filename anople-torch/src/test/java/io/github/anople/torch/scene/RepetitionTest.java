package io.github.anople.torch.scene;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionTest {

  private static final int SIDE = 240;

  private final SplittableRandom random = new SplittableRandom(11);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 15, 30})
  void itIsWhatTheFormulaSays(int grid) {
    int places = grid * grid;
    int width = 5;
    float[] rows = new float[2 * places * width];
    for (int row = 0; row < 2 * places; row++) {
      double length = 0;
      for (int k = 0; k < width; k++) {
        rows[row * width + k] = (float) (random.nextDouble() - 0.3);
        length += rows[row * width + k] * (double) rows[row * width + k];
      }
      for (int k = 0; k < width; k++) {
        rows[row * width + k] /= (float) Math.sqrt(length);
      }
    }
    float[] found =
        TensorScope.inference(
            () ->
                Tensors.floats(
                    Repetition.of(Tensors.of(rows, 2, places, width), Repetition.hidden(grid))));
    for (int image = 0; image < 2; image++) {
      assertEquals(expected(rows, image, grid, width), found[image], 1e-3, "image " + image);
    }
  }

  private static double expected(float[] rows, int image, int grid, int width) {
    int places = grid * grid;
    double[] distances = new double[places];
    for (int i = 0; i < places; i++) {
      double nearest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < places; j++) {
        double cosine = 0;
        for (int k = 0; k < width; k++) {
          cosine +=
              (double) rows[(image * places + i) * width + k]
                  * rows[(image * places + j) * width + k];
        }
        boolean near =
            Math.abs(i / grid - j / grid) <= grid / 7 && Math.abs(i % grid - j % grid) <= grid / 7;
        nearest = Math.max(nearest, near ? cosine - 4 : cosine);
      }
      distances[i] = Math.max(0, (1 - nearest) / 2);
    }
    Arrays.sort(distances);
    return Math.log(distances[3 * places / 10] + 2e-4);
  }

  /** Grain under light that falls off, as a camera gives it. */
  private float[] photograph() {
    float[] image = new float[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      double light =
          0.6 + 0.2 * Math.sin(i % SIDE * 0.02) + 0.1 * Math.cos((i - i % SIDE) * 0.03 / SIDE);
      double grain = 0.2 * (random.nextDouble() - 0.5);
      for (int c = 0; c < 3; c++) {
        image[c * SIDE * SIDE + i] = (float) (light + grain);
      }
    }
    return image;
  }

  /** A corner of an image over all of it, or over the columns from one on. */
  private static float[] tiled(float[] image, int corner, int from) {
    float[] tiled = image.clone();
    for (int i = 0; i < tiled.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      if (x >= from) {
        tiled[i] = image[i / (SIDE * SIDE) * SIDE * SIDE + y % corner * SIDE + x % corner];
      }
    }
    return tiled;
  }

  @Test
  void copiesOfOneCornerAreToldFromAPhotograph() {
    float[] shot = photograph();
    float[][] pictures = {
      photograph(), tiled(shot, 40, 0), tiled(shot, 52, 0), tiled(shot, 48, 120)
    };
    try (SceneSight sight = new SceneSight(SIDE, TrunkWeights.read(), ComputeDevice.CPU)) {
      float[][] known =
          TensorScope.inference(
              () -> {
                SceneSight.Seen seen = sight.of(Tensors.of(shot, 1, 3, SIDE, SIDE));
                return new float[][] {
                  Tensors.floats(seen.patches()), Tensors.floats(seen.statistics())
                };
              });
      TrunkSettings settings = SceneSight.patches(SIDE);
      long places = (long) settings.grid() * settings.grid();
      try (SceneLook look =
          new SceneLook(
              new SceneSight(SIDE, TrunkWeights.read(), ComputeDevice.CPU),
              new FloatTensor(List.of(1L, places, (long) settings.width()), known[0]),
              new FloatTensor(List.of(1L, (long) SceneSight.STATISTICS), known[1]),
              ComputeDevice.CPU)) {
        float[] values = new float[pictures.length];
        for (int i = 0; i < values.length; i++) {
          float[] picture = pictures[i];
          values[i] =
              Scene.of(
                      TensorScope.inference(
                          () ->
                              Tensors.floats(look.measure(Tensors.of(picture, 1, 3, SIDE, SIDE)))),
                      0)
                  .value(Measure.REPETITIVE);
        }
        String all = Arrays.toString(values);
        assertTrue(values[0] < Math.log(2), all);
        for (int i = 1; i < values.length; i++) {
          assertTrue(values[i] > Math.log(6), all);
        }
      }
    }
  }
}
