package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantizedMatrixTest {

  private static final long SEED = 6;

  @Test
  void everyNumberIsWithinHalfAStepOfItsColumn() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 50; run++) {
      int outputs = 1 + random.nextInt(9);
      int inputs = 1 + random.nextInt(9);
      float[] values = new float[outputs * inputs];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextDouble() - 0.5) * (1 << random.nextInt(12));
      }
      FloatTensor weight = new FloatTensor(List.of((long) outputs, (long) inputs), values);
      QuantizedMatrix matrix = QuantizedMatrix.scales(weight);
      byte[] columns = matrix.columns(weight);
      for (int output = 0; output < outputs; output++) {
        float scale = matrix.scales()[output];
        for (int input = 0; input < inputs; input++) {
          double back = scale * (columns[input * outputs + output] - QuantizedMatrix.ZERO_POINT);
          double error = Math.abs(back - values[output * inputs + input]);
          assertTrue(error <= scale * 0.5001, "seed " + SEED + ", run " + run + ": " + error);
        }
      }
    }
  }

  @Test
  void theLargestNumberOfAColumnUsesTheWholeRangeAndZerosStayZero() {
    FloatTensor weight = new FloatTensor(List.of(2L, 2L), new float[] {-2, 0.5f, 0, 0});
    QuantizedMatrix matrix = QuantizedMatrix.scales(weight);
    byte[] columns = matrix.columns(weight);
    assertEquals(QuantizedMatrix.ZERO_POINT - 63, columns[0]);
    assertEquals(QuantizedMatrix.ZERO_POINT, columns[1]);
    assertEquals(QuantizedMatrix.ZERO_POINT + 16, columns[2]);
    assertEquals(QuantizedMatrix.ZERO_POINT, columns[3]);
    assertEquals(List.of(2L), matrix.scaleRow().shape());
  }
}
