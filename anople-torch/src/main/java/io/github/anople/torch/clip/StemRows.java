package io.github.anople.torch.clip;

import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.encoder.TrunkRows;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The rows of a {@link ClipStem}, in fp32 as the patch embedding is. Gradients reach the projection
 * and no further.
 */
final class StemRows {

  private final TrunkRows trunk;
  private final Tensor projection; // [width, d]
  private final Tensor deviation; // [3, 1, 1]
  private final Tensor mean; // [3, 1, 1]

  StemRows(
      TrunkSettings settings,
      ClipNormalization normalization,
      ClipWeights weights,
      OwnedTensors owner) {
    this.trunk =
        new TrunkRows(List.of(settings), name -> weights.get(ClipStem.TRUNK + name), owner);
    this.projection = owner.keep(weights.get(ClipStem.PROJECTION));
    this.deviation = owner.keep(channels(projection, normalization.deviation()));
    this.mean = owner.keep(channels(projection, normalization.mean()));
  }

  private static Tensor channels(Tensor neighbour, List<Double> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).floatValue();
    }
    return Tensors.beside(neighbour, numbers, numbers.length, 1, 1);
  }

  /**
   * What is added to the patches.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB: the trunk takes it as it was before
   * @return {@code [images, patches, width]}
   */
  Tensor of(Tensor images) {
    Tensor plain = images.mul(deviation).add(mean);
    return torch.matmul(trunk.of(plain).get(0), projection.t());
  }
}
