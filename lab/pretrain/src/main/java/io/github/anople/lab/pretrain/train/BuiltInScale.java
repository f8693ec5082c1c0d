package io.github.anople.lab.pretrain.train;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.lab.pretrain.scene.SceneGenerator;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Mean and deviation of the built statistics over scenes that are not trained on. Always computed
 * on the processor: weights that are built must not depend on the device.
 */
final class BuiltInScale {

  private static final int SCENES = 256;
  private static final long OTHER_SEED = 0x5ca1e;

  private BuiltInScale() {}

  /**
   * Asks the built block itself, with a scale of mean 0 and deviation 1.
   *
   * @param weights all weights of mini; the built ones are overwritten
   * @return {@code [2, OWN]}
   */
  static FloatTensor measure(ClipConfig architecture, Map<String, FloatTensor> weights, long seed) {
    int count = BuiltInDescriptors.OWN;
    BuiltInDescriptors.write(weights, plain(count));
    double[] sum = new double[count];
    double[] squares = new double[count];
    long patches = 0;
    SceneGenerator generator = new SceneGenerator(seed ^ OTHER_SEED, MiniArchitecture.SIDE);
    try (Parameters built = Parameters.of(weights, false)) {
      List<RgbImage> scenes =
          LongStream.range(0, SCENES)
              .parallel()
              .mapToObj(scene -> generator.draw(scene).image())
              .toList(); // in order
      for (RgbImage scene : scenes) {
        float[] rows = statistics(architecture, built, scene.toPlanar());
        for (int i = 0; i < rows.length; i++) {
          sum[i % count] += rows[i];
          squares[i % count] += rows[i] * (double) rows[i];
        }
        patches += rows.length / count;
      }
    }
    float[] scale = new float[2 * count];
    for (int i = 0; i < count; i++) {
      double mean = sum[i] / patches;
      scale[i] = (float) mean;
      scale[count + i] = (float) Math.sqrt(Math.max(squares[i] / patches - mean * mean, 1e-9));
    }
    return new FloatTensor(List.of(2L, (long) count), scale);
  }

  private static FloatTensor plain(int count) {
    float[] scale = new float[2 * count];
    Arrays.fill(scale, count, 2 * count, 1);
    return new FloatTensor(List.of(2L, (long) count), scale);
  }

  /** The statistics of each patch, {@code [patches, OWN]}. */
  static float[] statistics(ClipConfig architecture, Parameters built, float[] pixels) {
    int side = MiniArchitecture.SIDE;
    return TensorScope.inference(
        () -> {
          try (OwnedTensors owner = new OwnedTensors()) {
            ClipTowers towers = ClipTowers.of(architecture, built::get, Precision.FP32, owner);
            Tensor images = PretrainLoss.normalized(Tensors.of(pixels, 1, 3, side, side));
            Tensor rows = towers.vision().encode(images, null, Set.of(1)).layers().get(1);
            return Tensors.floats(
                rows.narrow(2, 0, BuiltInDescriptors.OWN)
                    .div(new Scalar(BuiltInDescriptors.QUIET)));
          }
        });
  }
}
