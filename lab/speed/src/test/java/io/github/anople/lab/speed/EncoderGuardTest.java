package io.github.anople.lab.speed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.portable.PortableTensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A guard against an encoder that became many times slower: never a duration, only the ratio to a
 * matrix product of the same moment.
 */
class EncoderGuardTest {

  /** 0.15 and 0.17 on a busy machine when this was written: below this, something broke. */
  private static final double SHARE = 0.01;

  private static final int BATCH = 4;
  private static final int SIDE = 768;
  private static final int ROUNDS = 12;

  @Test
  @Timeout(600)
  void miniEncodesAtAPartOfTheMatrixProductsRate() {
    try (LoadedBackbone mini =
        LoadedBackbone.open(OpenClipWeights.open(MiniBackbone.open()), Precision.FP32)) {
      ClipConfig config = mini.clip().config();
      int side = config.vision().imageSize();
      float[] pixels = PortableTensors.values("images", BATCH * 3 * side * side, 0, 2);
      double share =
          TensorScope.inference(
              () -> {
                Tensor images = Tensors.of(pixels, BATCH, 3, side, side);
                Tensor a = torch.randn(SIDE, SIDE);
                double product = 0;
                double encoder = 0;
                for (int round = 0; round < ROUNDS; round++) { // in turns: both see the same load
                  product =
                      Math.max(product, rate(2.0 * SIDE * SIDE * SIDE, () -> torch.matmul(a, a)));
                  encoder =
                      Math.max(
                          encoder,
                          rate(
                              BATCH * EncoderWork.image(config, 0),
                              () -> mini.clip().vision().encode(images)));
                }
                return encoder / product;
              });

      assertTrue(share > SHARE, "the encoder reaches " + share + " of the matrix product's rate");
    }
  }

  private static double rate(double operations, Runnable task) {
    long before = System.nanoTime();
    TensorScope.run(task);
    return operations / (System.nanoTime() - before);
  }
}
