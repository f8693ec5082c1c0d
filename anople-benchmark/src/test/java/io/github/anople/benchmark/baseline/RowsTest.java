package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void whatIsMadeOnTheWayIsFreedAndTheRowsStay() {
    TensorScope.run(
        () -> {
          List<Tensor> made = new ArrayList<>();

          List<Tensor> rows =
              Rows.of(
                  List.of(1f, 2f),
                  number -> {
                    assertTrue(
                        made.stream().allMatch(tensor -> tensor.isNull()), "before the next");
                    Tensor one = Tensors.of(new float[] {number}, 1);
                    made.add(one);
                    return List.of(one.add(one), one.neg());
                  });

          assertTrue(made.size() == 2 && made.stream().allMatch(tensor -> tensor.isNull()));
          assertArrayEquals(new float[] {2, 4}, Tensors.floats(rows.get(0)));
          assertArrayEquals(new float[] {-1, -2}, Tensors.floats(rows.get(1)));
        });
  }
}
