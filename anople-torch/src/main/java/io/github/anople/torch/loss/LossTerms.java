package io.github.anople.torch.loss;

import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The objective's terms, scalars of the current scope; a term that is switched off is null.
 *
 * @param dice eq. 9
 * @param focal eq. 9
 * @param cePixel eq. 8
 * @param ceLatent eq. 8
 * @param align eq. 10
 * @param total their sum, which is minimised
 */
public record LossTerms(
    Tensor dice, Tensor focal, Tensor cePixel, Tensor ceLatent, Tensor align, Tensor total) {

  /**
   * The values as plain numbers, in one copy: waits until they are computed.
   *
   * @return values, NaN for a term that is off
   */
  public LossValues values() {
    Tensor[] terms = {dice, focal, cePixel, ceLatent, align, total};
    Tensor[] present =
        Arrays.stream(terms).filter(Objects::nonNull).map(Tensor::detach).toArray(Tensor[]::new);
    float[] numbers = Tensors.floats(torch.stack(new TensorVector(present)));
    float[] values = new float[terms.length];
    int at = 0;
    for (int i = 0; i < terms.length; i++) {
      values[i] = terms[i] == null ? Float.NaN : numbers[at++];
    }
    return new LossValues(values[0], values[1], values[2], values[3], values[4], values[5]);
  }
}
