package io.github.anople.torch.engine;

import io.github.anople.core.InputException;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The number format of the encoders' matrix products, and of the decoder's large one.
 *
 * <p>What is learned is kept in fp32; the residual stream, layer normalisation, dense features and
 * the losses are always fp32.
 */
public enum Precision {
  /** Everything in fp32: the format of the golden numbers. */
  FP32,
  /** Weights, matrix products, attention and GELU in bf16, around an fp32 residual stream. */
  BF16,
  /** {@link #BF16} where the device multiplies it in hardware, {@link #FP32} elsewhere. */
  AUTO;

  /**
   * Settles {@link #AUTO} for this machine's processor.
   *
   * @return {@link #FP32} or {@link #BF16}
   */
  public Precision resolve() {
    return resolve(ComputeDevice.CPU);
  }

  /**
   * Settles {@link #AUTO} for a device.
   *
   * @param device what will compute: a card has bf16 from compute capability 8 on
   * @return {@link #FP32} or {@link #BF16}
   */
  public Precision resolve(ComputeDevice device) {
    if (this != AUTO) {
      return this;
    }
    return device.multipliesBf16() ? BF16 : FP32;
  }

  /**
   * The type of the encoders' weights and matrix products.
   *
   * @return libtorch's type
   */
  public ScalarType scalarType() {
    return resolve() == BF16 ? ScalarType.BFloat16 : ScalarType.Float;
  }

  /**
   * The name used in settings, files and on the command line.
   *
   * @return {@code fp32}, {@code bf16} or {@code auto}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name.
   *
   * @param name as {@link #id} gives it, in any case
   * @return the format
   * @throws InputException if there is none of that name
   */
  public static Precision of(String name) {
    return Arrays.stream(values())
        .filter(precision -> precision.id().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "precision",
                    InputException.quoted(name) + " is not one",
                    "use fp32, bf16 or auto"));
  }
}
