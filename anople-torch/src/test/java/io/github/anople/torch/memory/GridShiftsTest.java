package io.github.anople.torch.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridShiftsTest {

  private static final int SIDE = 12;
  private static final int PATCH = 4;

  @ParameterizedTest
  @CsvSource({"2, 0 2", "3, -1 0 1", "4, -1 0 1 2"})
  void copiesAreTheImageMovedWithItsBorderRepeated(int perAxis, String places) {
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = i;
    }
    int[] moves = List.of(places.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    TensorScope.run(
        () -> {
          Tensor one = Tensors.of(image, 1, 1, SIDE, SIDE);
          List<Tensor> copies = new GridShifts(perAxis, PATCH).of(one);

          assertEquals(perAxis * perAxis, copies.size());
          for (int i = 0; i < copies.size(); i++) {
            int down = moves[i / perAxis];
            int right = moves[i % perAxis];
            assertArrayEquals(moved(image, down, right), Tensors.floats(copies.get(i)));
          }
        });
  }

  private static float[] moved(float[] image, int down, int right) {
    float[] moved = new float[image.length];
    for (int i = 0; i < moved.length; i++) {
      int y = Math.min(Math.max(i / SIDE + down, 0), SIDE - 1);
      int x = Math.min(Math.max(i % SIDE + right, 0), SIDE - 1);
      moved[i] = image[y * SIDE + x];
    }
    return moved;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aCopyMovedBackLiesWhereTheImageDoes(int perAxis) {
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = i * i % 97;
    }
    GridShifts grid = new GridShifts(perAxis, PATCH);
    TensorScope.run(
        () -> {
          List<Tensor> copies = grid.of(Tensors.of(image, 1, 1, SIDE, SIDE));
          assertEquals(grid.copies(), copies.size());
          for (int i = 0; i < copies.size(); i++) {
            float[] back = Tensors.floats(grid.back(copies.get(i).squeeze(1), i));
            for (int at = 0; at < back.length; at++) {
              int y = at / SIDE;
              int x = at % SIDE;
              if (Math.min(y, x) >= PATCH && Math.max(y, x) < SIDE - PATCH) { // seen by all copies
                assertEquals(image[at], back[at], "copy " + i + " at " + x + ", " + y);
              }
            }
          }
          float[] unmoved = Tensors.floats(copies.get(grid.unmoved()));
          assertArrayEquals(image, unmoved);
        });
  }

  @Test
  void onePlaceIsTheImageItself() {
    TensorScope.run(
        () -> {
          Tensor image = Tensors.of(new float[SIDE * SIDE], 1, 1, SIDE, SIDE);

          assertSame(image, new GridShifts(1, PATCH).of(image).get(0));
        });
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GridShifts(0, PATCH));
    assertThrows(IllegalArgumentException.class, () -> new GridShifts(1, 0));
  }
}
