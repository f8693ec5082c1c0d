package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class BaselineDetectorTest {

  /** Also of a fault that is no exception, such as a lack of memory. */
  @Test
  void aFitThatFailsHalfWayKeepsNothing() {
    Error fault = new OutOfMemoryError("half-way");
    List<Tensor> kept = new ArrayList<>();
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      Error told =
          assertThrows(
              OutOfMemoryError.class,
              () ->
                  BaselineDetector.fitted(
                      backbone.clip(),
                      1,
                      owner -> {
                        TensorScope.run(() -> kept.add(owner.keep(Tensors.of(new float[] {1}, 1))));
                        assertFalse(kept.get(0).isNull());
                        throw fault;
                      }));

      assertSame(fault, told);
      assertTrue(kept.get(0).isNull());
    }
  }
}
