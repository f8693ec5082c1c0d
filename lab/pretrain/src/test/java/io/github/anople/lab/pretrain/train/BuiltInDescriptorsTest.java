package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.ComputeDevice;
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

  /** They take most of a second to draw, and nobody changes them. */
  private static final Map<String, FloatTensor> BUILT = built();

  private static Map<String, FloatTensor> built() {
    Map<String, FloatTensor> weights = InitialWeights.of(architecture(), 1);
    float[] scale = new float[2 * OWN];
    Arrays.fill(scale, OWN, 2 * OWN, 1);
    BuiltInDescriptors.write(weights, new FloatTensor(List.of(2L, (long) OWN), scale));
    return weights;
  }

  /** The statistics of the patch in the middle. */
  private static float[] statistics(float[] pixels) {
    try (Parameters weights = Parameters.of(BUILT, false)) {
      float[] rows = BuiltInScale.statistics(architecture(), weights, pixels);
      return Arrays.copyOfRange(rows, MIDDLE * OWN, (MIDDLE + 1) * OWN);
    }
  }

  /** Patch rows after the built blocks, {@code [patches, WIDTH]}, with or without context rows. */
  private static float[] rows(float[] pixels, Precision precision, boolean prompted) {
    try (Parameters weights = Parameters.of(BUILT, false)) {
      return TensorScope.inference(
          () -> {
            try (OwnedTensors owner = new OwnedTensors()) {
              ClipTowers towers = ClipTowers.of(architecture(), weights::get, precision, owner);
              return Tensors.floats(
                  towers
                      .vision()
                      .encode(
                          PretrainLoss.normalized(Tensors.of(pixels, 1, 3, SIDE, SIDE)),
                          prompted ? RandomPrompts.of(5, 1, ComputeDevice.CPU) : null,
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
    double[] size = new double[OWN];
    for (PatchFilters.Filter filter : PatchFilters.all()) {
      double sum = answer(filter.weights(), 0, 0, waves);
      for (int i = 0; i < filter.beside().length; i++) {
        int[] step = PatchFilters.BESIDE[i];
        sum += answer(filter.beside()[i], step[0], step[1], waves);
      }
      sum *= Arrays.stream(PatchFilters.COLOURS[filter.colour()]).sum();
      for (int i = 0; i < OWN; i++) {
        double share = filter.shares()[i] * (filter.isMagnitude() ? Math.abs(sum) : sum);
        expected[i] += share;
        size[i] += Math.abs(share);
      }
    }
    float[] answers = statistics(grey(waves));
    // From 3 on: brightness is against the middle of CLIP's normalisation.
    for (int i = 3; i < OWN; i++) { // the finest waves are not among conv1's
      assertEquals(expected[i], answers[i], 0.03 * size[i] + 0.03, "statistic " + i);
    }
  }

  /** What a filter's part answers to the patch some rows below and columns beside the middle. */
  private static double answer(double[] weights, int down, int right, Pixel light) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      int y = (GRID / 2 + down) * 16 + i / 16;
      int x = (GRID / 2 + right) * 16 + i % 16;
      sum += weights[i] * light.at(x, y);
    }
    return sum;
  }

  @Test
  void anEvenPictureHasABrightnessAndNothingElse() {
    float[] dark = statistics(grey((x, y) -> 0.2));
    float[] light = statistics(grey((x, y) -> 0.7));
    assertEquals(0.5, light[0] - dark[0], 0.005);
    for (int i = 1; i < OWN; i++) {
      assertEquals(0, light[i] - dark[i], 0.01, "statistic " + i);
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
  void whereASideIsMissingTheFiltersThatReachOverItAreSilent() {
    Pixel stripes = (x, y) -> 0.5 + 0.4 * Math.sin(2 * Math.PI * (x + y) / 9);
    int widest = 30; // one place, in the middle: it reaches over all four sides
    try (Parameters weights = Parameters.of(BUILT, false)) {
      float[] all = BuiltInScale.statistics(architecture(), weights, grey(stripes));
      for (int patch = 0; patch < GRID * GRID; patch++) {
        int row = patch / GRID;
        int column = patch % GRID;
        boolean border = Math.min(row, column) == 0 || Math.max(row, column) == GRID - 1;
        float answer = all[patch * OWN + widest + 1];
        assertTrue(border ? Math.abs(answer) < 0.01 : answer > 0.1, patch + ": " + answer);
      }
    }
  }

  @Test
  void theNeighbourhoodSeesTheNextPatchesAndNotThoseFarAway() {
    Pixel spot = (x, y) -> x / 16 == GRID / 2 && y / 16 == GRID / 2 ? 1 : 0.2;
    float[] rows = rows(grey(spot), Precision.FP32, false);
    double here = brightnessAround(rows, MIDDLE);
    double next = brightnessAround(rows, MIDDLE + 1);
    double far = brightnessAround(rows, MIDDLE + 5);
    assertTrue(here > next && next > far + 0.03, here + ", beside " + next + ", far " + far);
    assertEquals(brightnessAround(rows, 0), far, 0.02);
  }

  /** The angle that stands for the neighbourhood's brightness. */
  private static double brightnessAround(float[] rows, int patch) {
    int first = patch * WIDTH + OWN;
    return Math.atan2(rows[first], rows[first + BuiltInDescriptors.SECOND]);
  }

  @Test
  void aStatisticIsTheAngleOnACircle() {
    float[] dark = rows(grey((x, y) -> 0), Precision.FP32, false);
    double zero = Math.atan2(dark[0], dark[BuiltInDescriptors.SECOND]);
    double offset = statistics(grey((x, y) -> 0))[0];
    for (double light = -2; light <= 5; light += 0.25) { // beyond black and white: farther out
      double brightness = light;
      float[] rows = rows(grey((x, y) -> brightness), Precision.FP32, false);
      double angle = Math.atan2(rows[0], rows[BuiltInDescriptors.SECOND]);
      double expected = Circle.angle(light + offset) - Circle.angle(offset);
      double turn = angle - zero - expected;
      assertEquals(0, Math.IEEEremainder(turn, 2 * Math.PI), 0.06, "brightness " + light);
    }
  }

  @Test
  void allRowsHaveNearlyTheSameLength() {
    float[] rows = rows(grey((x, y) -> 0.5 + 0.4 * Math.sin(x * y / 900.0)), Precision.FP32, false);
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int patch = 0; patch < GRID * GRID; patch++) {
      double squares = 0;
      for (int i = 0; i < WIDTH; i++) {
        squares += Math.pow(rows[patch * WIDTH + i], 2);
      }
      least = Math.min(least, Math.sqrt(squares));
      most = Math.max(most, Math.sqrt(squares));
    }
    assertTrue(most < 1.1 * least, "lengths from " + least + " to " + most);
  }

  @Test
  void whatLearningMayUseFreelyHoldsNearlyNothing() {
    float[] rows = rows(grey((x, y) -> 0.5 + 0.4 * Math.sin(x * y / 900.0)), Precision.FP32, false);
    float[] shares = BuiltInDescriptors.channelShares(0.25);
    double firm = 0;
    double free = 0;
    double damage = 0;
    for (int i = 0; i < rows.length; i++) {
      double square = rows[i] * (double) rows[i];
      firm += shares[i % WIDTH] == 1 ? square : 0;
      free += shares[i % WIDTH] == 0.25f ? square : 0;
      damage += i % WIDTH == BuiltInDescriptors.DAMAGE ? square : 0;
    }
    assertTrue(free < 0.01 * firm, free + " of " + firm);
    assertTrue(damage < 1e-3 * firm, damage + " of " + firm);
    assertEquals(0.25f, shares[BuiltInDescriptors.DAMAGE]);
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
