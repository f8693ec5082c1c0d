package io.github.anople.torch.loss;

import io.github.anople.torch.decoder.Decoder;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
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
   * @param latentNoise ε of the rows that are normal views, {@code [normal views, d]}; null where
   *     latent anomalies are off
   */
  public record Targets(Tensor masks, boolean[] abnormal, Tensor latentNoise) {

    /**
     * How many rows these are.
     *
     * @return of this part, or of the step if it is all of it
     */
    public Counts counts() {
      return new Counts(
          abnormal.length,
          marked(abnormal).length,
          latentNoise == null ? 0 : (int) latentNoise.size(0));
    }
  }

  /**
   * How many rows a step has, each term being a mean over some of them.
   *
   * @param rows all
   * @param marked those whose mask has a pixel
   * @param normal those with latent noise
   */
  public record Counts(int rows, int marked, int normal) {}

  /**
   * The terms of a step.
   *
   * @param outputs what the model made of the rows
   * @param targets what is true of them
   * @return scalars in the current scope and autograd graph
   */
  public LossTerms of(Outputs outputs, Targets targets) {
    return of(outputs, targets, targets.counts());
  }

  /**
   * What some of a step's rows add to the terms: those of all rows, in whatever parts, sum up to
   * the terms of the step.
   *
   * @param outputs what the model made of the rows
   * @param targets what is true of them
   * @param step the counts of the whole step
   * @return scalars in the current scope and autograd graph
   */
  public LossTerms of(Outputs outputs, Targets targets, Counts step) {
    Counts here = targets.counts();
    Scalar share = share(here.rows(), step.rows());
    Tensor cePixel =
        ImageLoss.pixel(outputs.features(), outputs.texts(), outputs.scale(), targets.abnormal())
            .mul(share);
    Tensor total = cePixel;
    Tensor dice = null;
    Tensor focal = null;
    if (pixels) {
      Tensor logProbability = logProbability(outputs.logits(), targets.masks().size(1));
      Tensor abnormal = logProbability.select(1, 1).exp();
      dice =
          DiceLoss.of(abnormal, targets.masks(), marked(targets.abnormal()))
              .mul(share(here.marked(), step.marked()));
      focal = FocalLoss.of(logProbability, targets.masks()).mul(share);
      total = dice.add(focal).add(cePixel);
    }
    Tensor ceLatent = null;
    if (step.normal() > 0) {
      ceLatent =
          here.normal() == 0
              ? cePixel.new_zeros(new long[0])
              : latent(outputs, targets).mul(share(here.normal(), step.normal()));
      total = total.add(ceLatent);
    }
    Tensor alignment = null;
    if (align != AlignMode.NONE) {
      alignment =
          AlignLoss.of(outputs.features(), outputs.dense(), outputs.logits(), align).mul(share);
      total = total.add(alignment);
    }
    return new LossTerms(dice, focal, cePixel, ceLatent, alignment, total);
  }

  private static Scalar share(int part, int whole) {
    return new Scalar(whole == 0 ? 0.0 : (double) part / whole);
  }

  private static Tensor latent(Outputs outputs, Targets targets) {
    Tensor normal = outputs.features().narrow(0, 0, targets.latentNoise().size(0));
    return ImageLoss.latent(normal, targets.latentNoise(), outputs.texts(), outputs.scale());
  }

  private static Tensor logProbability(Tensor logits, long side) {
    return torch.log_softmax(Decoder.enlarge(logits, side), 1); // [rows, 2, S, S]
  }

  private static long[] marked(boolean[] abnormal) {
    return LongStream.range(0, abnormal.length).filter(row -> abnormal[(int) row]).toArray();
  }
}
