package io.github.anople.benchmark.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.model.ContextRow;
import io.github.anople.torch.model.TowerAttention;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextAttentionTest {

  /** One layer of four positions, of which the last three are contexts: 10·from + to, and more. */
  private static TowerAttention tower(float more) {
    float[] values = new float[16];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10 * (i / 4) + i % 4 + more;
    }
    return new TowerAttention(
        List.of(new FloatTensor(List.of(4L, 4L), values)),
        List.of(ContextRow.TEXTUAL, ContextRow.VISUAL, ContextRow.VIEW_SIGNAL),
        1);
  }

  @Test
  void visualRowsComeFirstAndPicturesAreAveraged() {
    ContextAttention mean = ContextAttention.mean(List.of(tower(0), tower(1)));

    assertEquals(List.of("c", "v1", "t1"), mean.names());
    float[][] layer = mean.layers().get(0);
    assertArrayEquals(new float[] {33.5f, 32.5f, 31.5f}, layer[0], 1e-5f);
    assertArrayEquals(new float[] {23.5f, 22.5f, 21.5f}, layer[1], 1e-5f);
    assertArrayEquals(new float[] {13.5f, 12.5f, 11.5f}, layer[2], 1e-5f);
    assertEquals(33.5f, mean.largest(), 1e-5f);
  }
}
