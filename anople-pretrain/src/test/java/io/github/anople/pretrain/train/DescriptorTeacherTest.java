package io.github.anople.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DescriptorTeacherTest {

  private static final int SIDE = 64;
  private static final int OWN = DescriptorTeacher.SIZE / 2;

  /** Red, green and blue of a pixel. */
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

  /** Statistics of the patch in row 1, column 1. */
  private static float[] statistics(float[] pixels) {
    return TensorScope.inference(
        () ->
            Tensors.floats(
                DescriptorTeacher.statistics(Tensors.of(pixels, 1, 3, SIDE, SIDE))
                    .select(0, 0)
                    .select(1, 1)
                    .select(1, 1)));
  }

  @Test
  void anEvenGreyHasItsLightnessAndNothingElse() {
    float[] values = statistics(grey((x, y) -> 0.5));
    assertEquals(OWN, values.length);
    assertEquals(53.389, values[0], 0.01); // CIE L* of sRGB 0.5
    for (int i = 1; i < OWN; i++) {
      assertEquals(0, values[i], 0.1, "statistic " + i);
    }
  }

  @Test
  void whiteAndSaturatedRedHaveTheirPublishedLab() {
    float[] white = statistics(grey((x, y) -> 1));
    assertEquals(100, white[0], 0.05);
    float[] pixels = grey((x, y) -> 0);
    for (int i = 0; i < SIDE * SIDE; i++) {
      pixels[i] = 1;
    }
    float[] red = statistics(pixels);
    assertEquals(53.24, red[0], 0.1);
    assertEquals(80.09, red[1], 0.2);
    assertEquals(67.20, red[2], 0.2);
  }

  @Test
  void verticalStripesAnswerInTheBinAndTheFilterOfTheirAngle() {
    // The filter of the finest scale has its peak at 2.5 * 1.5 pixels a wave.
    float[] values = statistics(grey((x, y) -> 0.5 + 0.3 * Math.sin(2 * Math.PI * x / 3.75)));
    for (int cell = 0; cell < 4; cell++) {
      int from = 6 + 8 * cell;
      int best = strongest(values, from, 8);
      assertTrue(best == 0 || best == 7, "bin " + best + " of cell " + cell);
    }
    assertEquals(0, strongest(values, 38, 12), "the finest filter at angle 0");
    float[] turned = statistics(grey((x, y) -> 0.5 + 0.3 * Math.sin(2 * Math.PI * y / 3.75)));
    assertEquals(2, strongest(turned, 38, 12), "the finest filter at a right angle");
  }

  private static int strongest(float[] values, int from, int count) {
    return IntStream.range(0, count)
        .reduce(0, (a, b) -> values[from + b] > values[from + a] ? b : a);
  }

  @Test
  void aTargetIsBoundedAndEndsInTheConstant() {
    float[] wild = grey((x, y) -> (x * 7 + y * 13) % 5 / 4.0);
    TensorScope.inference(
        () -> {
          Tensor images = Tensors.of(wild, 1, 3, SIDE, SIDE);
          FloatTensor scale = // far too small deviations
              new FloatTensor(List.of(2L, (long) OWN), filled(0, 1e-3f));
          float[] target = Tensors.floats(DescriptorTeacher.target(images, scale));
          int width = DescriptorTeacher.SIZE + 1;
          double bound = 3 * DescriptorTeacher.GAIN / Math.sqrt(3) + 1e-4;
          for (int i = 0; i < target.length; i++) {
            if (i % width == DescriptorTeacher.CONSTANT_CHANNEL) {
              assertEquals(DescriptorTeacher.CONSTANT, target[i]);
            } else {
              assertTrue(Math.abs(target[i]) <= bound, "channel " + i % width + ": " + target[i]);
            }
          }
          return null;
        });
  }

  @Test
  void theScaleStandardisesWhatItWasMeasuredOn() {
    float[] pixels = grey((x, y) -> ((x ^ y) % 16) / 16.0);
    TensorScope.inference(
        () -> {
          Tensor statistics = DescriptorTeacher.statistics(Tensors.of(pixels, 1, 3, SIDE, SIDE));
          float[] scale = DescriptorTeacher.scale(statistics).values();
          float[] rows = Tensors.floats(statistics.transpose(0, 1).flatten(1, 3));
          int patches = rows.length / OWN;
          for (int i = 0; i < OWN; i++) {
            double mean = 0;
            for (int p = 0; p < patches; p++) {
              mean += rows[i * patches + p] / (double) patches;
            }
            assertEquals(mean, scale[i], 1e-3 * Math.max(1, Math.abs(mean)));
            assertTrue(scale[OWN + i] > 0);
          }
          return null;
        });
  }

  private static float[] filled(float mean, float deviation) {
    float[] values = new float[2 * OWN];
    for (int i = 0; i < OWN; i++) {
      values[i] = mean;
      values[OWN + i] = deviation;
    }
    return values;
  }
}
