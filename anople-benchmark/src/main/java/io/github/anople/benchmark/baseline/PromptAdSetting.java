package io.github.anople.benchmark.baseline;

/**
 * Where PromptAD's paper and its published code part ways.
 *
 * @param order where the learned anomaly rows stand in a prompt
 * @param scale by what cosines are multiplied
 * @param distance of the margin term
 * @param alignment of manual with learned anomaly prompts
 * @param rows which patch rows the memory keeps
 */
record PromptAdSetting(
    Order order, Scale scale, Distance distance, Alignment alignment, MemoryRows rows) {

  /** The paper's formulas. */
  static final PromptAdSetting PAPER =
      new PromptAdSetting(
          Order.SUFFIX, Scale.EXP, Distance.EUCLID, Alignment.PROTOTYPES, MemoryRows.LAYER);

  /** What the published code computes. */
  static final PromptAdSetting CODE =
      new PromptAdSetting(
          Order.INFIX, Scale.RAW, Distance.SUMMED, Alignment.MEANS, MemoryRows.RESIDUAL);

  /** Where the learned anomaly rows stand. */
  enum Order {
    /** After the object: P, object, A, period. */
    SUFFIX,
    /** Before it: P, A, object, period. */
    INFIX
  }

  /** By what cosines are multiplied. */
  enum Scale {
    /** exp(logit_scale), CLIP's inverse temperature. */
    EXP,
    /** logit_scale itself. */
    RAW;

    /**
     * The number.
     *
     * @param inverseTemperature exp(logit_scale)
     */
    double of(double inverseTemperature) {
      return this == EXP ? inverseTemperature : Math.log(inverseTemperature);
    }
  }

  /** What a feature's distance to a prototype is. */
  enum Distance {
    /** L2. */
    EUCLID,
    /** Squared L2. */
    SQUARED,
    /**
     * Of patches the squares, summed over a picture's patches, channel by channel; else squared.
     */
    SUMMED
  }

  /** Between what of both kinds of anomaly prompts the squared distance is taken. */
  enum Alignment {
    /** Their prototypes, each of unit length. */
    PROTOTYPES,
    /** The means of their features of unit length. */
    MEANS
  }

  /** Which patch rows the memory keeps of a layer. */
  enum MemoryRows {
    /** Those after it. */
    LAYER,
    /** Those with the next layer's attention added. */
    RESIDUAL
  }
}
