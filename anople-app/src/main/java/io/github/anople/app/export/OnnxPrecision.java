package io.github.anople.app.export;

import java.util.Locale;

/** The number format of an exported graph. */
public enum OnnxPrecision {
  /** Everything in fp32: the scores of libtorch. */
  FP32,
  /** Weights stored in fp16, computed in fp32: half the file, at the speed of fp32. */
  FP16,
  /**
   * The encoder's matrix products in bytes, weights by column in 7 bits, activations in 8 by their
   * range at run time; other weights are stored in fp16. The products are the same on every
   * processor.
   */
  INT8;

  /**
   * The name used in files and on the command line.
   *
   * @return {@code fp32}, {@code fp16} or {@code int8}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
