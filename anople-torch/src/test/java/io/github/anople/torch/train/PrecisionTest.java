package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.prompt.Interaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrecisionTest {

  /** The golden model's rows are a few numbers wide: roundings hardly average out. */
  private static final double LEAST_COSINE = 0.98;

  @Test
  void gradientsInBf16PointWhereThoseInFp32Point() {
    Map<String, float[]> exact = gradients(Precision.FP32);
    Map<String, float[]> rounded = gradients(Precision.BF16);
    exact.forEach(
        (name, gradient) -> {
          double cosine = cosine(gradient, rounded.get(name));
          assertTrue(cosine > LEAST_COSINE, () -> name + ": cosine " + cosine);
        });
  }

  @Test
  void automaticPrecisionIsOneOfTheTwo() {
    assertTrue(Precision.AUTO.resolve() != Precision.AUTO);
    assertEquals(Precision.FP32, Precision.FP32.resolve());
  }

  private static Map<String, float[]> gradients(Precision precision) {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL, precision)) {
      return TensorScope.call(
          () -> {
            new TrainingStep(golden.model(), new AnoPleLoss(AlignMode.WEIGHTED), Optional.empty())
                .gradients(GoldenSteps.batch(golden, 0));
            Map<String, float[]> gradients = new LinkedHashMap<>();
            for (String name : golden.parameters().names()) {
              gradients.put(name, Tensors.floats(golden.parameters().get(name).grad()));
            }
            return gradients;
          });
    }
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
