package io.github.anople.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuiltInDescriptorsTest {

  private static final int SIDE = MiniArchitecture.SIDE;
  private static final int OWN = BuiltInDescriptors.OWN;
  private static final int WIDTH = MiniArchitecture.WIDTH;
  private static final int GRID = SIDE / MiniArchitecture.PATCH;
  private static final int MIDDLE = GRID / 2 * GRID + GRID / 2;

  /**
   * Row and column where the waves of the position add up to nothing: elsewhere layer normalisation
   * takes their mean out of all channels, a shift that the model card tells of.
   */
  private static final int STILL = 12;

  /** Brightness of a pixel. */
  private interface Pixel {
    double at(int x, int y);
  }

  private static float[] grey(Pixel light) {
    float[] pixels = new float[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int at = i % (SIDE * SIDE);
      pixels[i] = (float) light.at(at % SIDE, at / SIDE);
    }
    return pixels;
  }

  private static ClipConfig architecture() {
    return MiniArchitecture.of(514);
  }

  private static Map<String, FloatTensor> built() {
    Map<String, FloatTensor> weights = InitialWeights.of(architecture(), 1);
    float[] scale = new float[2 * OWN];
    Arrays.fill(scale, OWN, 2 * OWN, 1);
    BuiltInDescriptors.write(weights, new FloatTensor(List.of(2L, (long) OWN), scale));
    return weights;
  }

  /** The statistics of the patch in row and column {@link #STILL}. */
  private static float[] statistics(float[] pixels) {
    try (Parameters weights = Parameters.of(built(), false)) {
      float[] rows = BuiltInScale.statistics(architecture(), weights, pixels);
      return Arrays.copyOfRange(rows, STILL * (GRID + 1) * OWN, (STILL * (GRID + 1) + 1) * OWN);
    }
  }

  /** Patch rows after the built blocks, {@code [patches, WIDTH]}, with or without context rows. */
  private static float[] rows(float[] pixels, Precision precision, boolean prompted) {
    try (Parameters weights = Parameters.of(built(), false)) {
      return TensorScope.inference(
          () -> {
            try (OwnedTensors owner = new OwnedTensors()) {
              ClipTowers towers = ClipTowers.of(architecture(), weights::get, precision, owner);
              return Tensors.floats(
                  towers
                      .vision()
                      .encode(
                          PretrainLoss.normalized(Tensors.of(pixels, 1, 3, SIDE, SIDE)),
                          prompted ? RandomPrompts.of(5, 1) : null,
                          Set.of(BuiltInDescriptors.BLOCKS))
                      .layers()
                      .get(BuiltInDescriptors.BLOCKS));
            }
          });
    }
  }

  @Test
  void theFirstBlockAnswersAsTheFiltersSay() {
    Pixel waves = (x, y) -> 0.5 + 0.3 * Math.sin(x / 2.3 + y / 7.1) * Math.cos(y / 5.0);
    double[] expected = new double[OWN];
    for (PatchFilters.Filter filter : PatchFilters.all()) {
      double sum = 0;
      double colour = Arrays.stream(PatchFilters.COLOURS[filter.colour()]).sum();
      for (int i = 0; i < filter.weights().length; i++) {
        int x = STILL * 16 + i % 16;
        int y = STILL * 16 + i / 16;
        sum += filter.weights()[i] * colour * waves.at(x, y);
      }
      expected[filter.statistic()] += filter.isMagnitude() ? Math.abs(sum) : 0;
    }
    float[] answers = statistics(grey(waves));
    // Layer normalisation takes the mean of a row's channels out of all of them alike.
    double shift = 0;
    for (int i = 6; i < OWN; i++) {
      shift += (answers[i] - expected[i]) / (OWN - 6);
    }
    assertTrue(Math.abs(shift) < 1, "shift " + shift);
    for (int i = 6; i < OWN; i++) { // the finest waves are not among conv1's
      double answer = answers[i] - shift;
      assertEquals(expected[i], answer, 0.07 * expected[i] + 0.05, "statistic " + i);
    }
  }

  @Test
  void anEvenPictureHasABrightnessAndNothingElse() {
    float[] dark = statistics(grey((x, y) -> 0.2));
    float[] light = statistics(grey((x, y) -> 0.7));
    assertEquals(0.5, light[0] - dark[0], 0.02);
    for (int i = 1; i < OWN; i++) {
      assertEquals(0, light[i], 0.05, "statistic " + i);
    }
  }

  @Test
  void stripesAnswerToTheFiltersOfTheirAngle() {
    float[] upright = statistics(grey((x, y) -> 0.5 + 0.3 * Math.sin(2 * Math.PI * x / 7.5)));
    float[] lying = statistics(grey((x, y) -> 0.5 + 0.3 * Math.sin(2 * Math.PI * y / 7.5)));
    int middleScale = 26;
    assertTrue(upright[middleScale] > 2 * upright[middleScale + 2]);
    assertTrue(lying[middleScale + 2] > 2 * lying[middleScale]);
  }

  @Test
  void theNeighbourhoodSeesTheNextPatchesAndNotThoseFarAway() {
    Pixel spot = (x, y) -> x / 16 == GRID / 2 && y / 16 == GRID / 2 ? 1 : 0.2;
    float[] rows = rows(grey(spot), Precision.FP32, false);
    float here = brightness(rows, MIDDLE);
    float next = brightness(rows, MIDDLE + 1);
    float far = brightness(rows, MIDDLE + 5);
    assertTrue(here > next && next > far + 0.03, here + ", beside " + next + ", far " + far);
    assertEquals(brightness(rows, 0), far, 0.05);
  }

  /** The neighbourhood's brightness against its colour, which is none: the shift cancels. */
  private static float brightness(float[] rows, int patch) {
    return rows[patch * WIDTH + OWN] - rows[patch * WIDTH + OWN + 1];
  }

  @Test
  void contextRowsDoNotChangeThem() {
    float[] pixels = grey((x, y) -> 0.5 + 0.4 * Math.sin(x * y / 900.0));
    assertArrayEquals(
        rows(pixels, Precision.FP32, false), rows(pixels, Precision.FP32, true), 1e-3f);
  }

  @Test
  void halfPrecisionKeepsThem() {
    float[] pixels = grey((x, y) -> 0.5 + 0.4 * Math.sin(x * y / 900.0));
    float[] exact = rows(pixels, Precision.FP32, false);
    float[] rounded = rows(pixels, Precision.BF16, false);
    double error = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      if (i % WIDTH < 2 * OWN) {
        error += Math.pow(exact[i] - (double) rounded[i], 2);
        size += exact[i] * (double) exact[i];
      }
    }
    assertTrue(error < 0.02 * size, "relative squared error " + error / size);
  }
}
