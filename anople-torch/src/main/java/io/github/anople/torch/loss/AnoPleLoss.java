package io.github.anople.torch.loss;

import io.github.anople.torch.decoder.Decoder;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * dice + focal + ce_pixel + ce_latent + align (eq. 11).
 *
 * @param align how the align term averages, or whether it is there
 * @param pixels whether dice and focal are there
 */
public record AnoPleLoss(AlignMode align, boolean pixels) {

  /**
   * The objective with its pixel terms.
   *
   * @param align how the align term averages, or whether it is there
   */
  public AnoPleLoss(AlignMode align) {
    this(align, true);
  }

  /**
   * What the model made of a step's rows.
   *
   * @param features z⁰, {@code [rows, d]} of unit length; the normal views first
   * @param texts {@code [2, d]}: t⁺, t⁻
   * @param dense D in parts, each {@code [rows of the part, 4G, 4G, d]}
   * @param logits pixel logits, {@code [rows, 2, 4G, 4G]}
   * @param scale s
   */
  public record Outputs(
      Tensor features, Tensor texts, List<Tensor> dense, Tensor logits, double scale) {}

  /**
   * What is true of a step's rows.
   *
   * @param masks {@code [rows, S, S]}, 0 or 1
   * @param abnormal whether each row's mask has a pixel
   * @param latentNoise ε, {@code [normal views, d]}, or null where latent anomalies are off
   */
  public record Targets(Tensor masks, boolean[] abnormal, Tensor latentNoise) {}

  /**
   * The terms of a step.
   *
   * @param outputs what the model made of the rows
   * @param targets what is true of them
   * @return scalars in the current scope and autograd graph
   */
  public LossTerms of(Outputs outputs, Targets targets) {
    Tensor cePixel =
        ImageLoss.pixel(outputs.features(), outputs.texts(), outputs.scale(), targets.abnormal());
    Tensor total = cePixel;
    Tensor dice = null;
    Tensor focal = null;
    if (pixels) {
      Tensor logProbability = logProbability(outputs.logits(), targets.masks().size(1));
      Tensor abnormal = logProbability.select(1, 1).exp();
      dice = DiceLoss.of(abnormal, targets.masks(), marked(targets.abnormal()));
      focal = FocalLoss.of(logProbability, targets.masks());
      total = dice.add(focal).add(cePixel);
    }
    Tensor ceLatent = null;
    if (targets.latentNoise() != null) {
      Tensor normal = outputs.features().narrow(0, 0, targets.latentNoise().size(0));
      ceLatent = ImageLoss.latent(normal, targets.latentNoise(), outputs.texts(), outputs.scale());
      total = total.add(ceLatent);
    }
    Tensor alignment = null;
    if (align != AlignMode.NONE) {
      alignment = AlignLoss.of(outputs.features(), outputs.dense(), outputs.logits(), align);
      total = total.add(alignment);
    }
    return new LossTerms(dice, focal, cePixel, ceLatent, alignment, total);
  }

  private static Tensor logProbability(Tensor logits, long side) {
    return torch.log_softmax(Decoder.enlarge(logits, side), 1); // [rows, 2, S, S]
  }

  private static long[] marked(boolean[] abnormal) {
    return LongStream.range(0, abnormal.length).filter(row -> abnormal[(int) row]).toArray();
  }
}
