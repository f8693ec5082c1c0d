package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AdversePromptsTest {

  private static final int WIDTH = MiniArchitecture.WIDTH;

  @Test
  void everyOtherStepHasRowsAndFourSetsTakeTurns() {
    AdversePrompts prompts = new AdversePrompts(1, ComputeDevice.CPU);
    TensorScope.run(
        () -> {
          assertNull(prompts.of(0));
          AdversePrompts.Rows first = prompts.of(1);
          assertNotNull(prompts.of(3));
          assertTrue(first.depth() >= 3 && first.depth() < MiniArchitecture.LAYERS);
          assertEquals(first.count(), first.rows(0).size(1));
          assertSame(first, prompts.of(9), "this seed keeps the first set that long");
        });
  }

  @Test
  void rowsGoWhereADistanceGrowsAndKeepTheirLength() {
    AdversePrompts prompts = new AdversePrompts(1, ComputeDevice.CPU);
    float[][] before = new float[1][];
    TensorScope.run(
        () -> {
          AdversePrompts.Rows rows = prompts.of(1);
          before[0] = Tensors.floats(rows.rows(1));
          Tensor along = rows.rows(1).select(2, 0); // the first component of each row
          rows.climb(along.sum().mul(new Scalar(3)));
        });
    TensorScope.run(
        () -> {
          float[] after = Tensors.floats(prompts.of(9).rows(1));
          for (int from = 0; from < after.length; from += WIDTH) {
            double length = length(before[0], from);
            assertEquals(length, length(after, from), 1e-6 * length);
            assertTrue(after[from] > before[0][from] + 0.1 * length, "row at " + from);
          }
        });
  }

  @Test
  void aLayerThatTheDistanceDoesNotReachStays() {
    AdversePrompts prompts = new AdversePrompts(1, ComputeDevice.CPU);
    TensorScope.run(
        () -> {
          AdversePrompts.Rows rows = prompts.of(1);
          float[] other = Tensors.floats(rows.rows(2));
          rows.climb(rows.rows(1).sum());
          assertArrayEquals(other, Tensors.floats(prompts.of(9).rows(2)));
        });
  }

  private static double length(float[] rows, int from) {
    double sum = 0;
    for (int i = from; i < from + WIDTH; i++) {
      sum += rows[i] * (double) rows[i];
    }
    return Math.sqrt(sum);
  }
}
