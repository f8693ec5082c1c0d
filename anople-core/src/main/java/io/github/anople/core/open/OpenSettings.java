package io.github.anople.core.open;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a detector is to be opened. Each engine reads what concerns it, and refuses what it cannot
 * do.
 *
 * @param backbone name, folder or weights file of the backbone that a detector without one of its
 *     own was trained on; empty for the usual one
 * @param precision number format of the encoders: {@code fp32}, {@code bf16} or {@code auto}
 * @param device where to compute: {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}
 * @param provider ONNX Runtime's execution provider; empty for the one that the device names
 * @param threads that share the computation of an exported detector; empty for all physical cores
 */
public record OpenSettings(
    Optional<String> backbone,
    String precision,
    String device,
    Optional<String> provider,
    OptionalInt threads) {

  /** Nothing asked for. */
  public static final OpenSettings AUTO =
      new OpenSettings(Optional.empty(), "auto", "auto", Optional.empty(), OptionalInt.empty());

  /**
   * Settings.
   *
   * @param backbone which backbone
   * @param precision number format of the encoders
   * @param device where to compute
   * @param provider ONNX Runtime's execution provider
   * @param threads of an exported detector
   */
  public OpenSettings {
    Objects.requireNonNull(backbone, "backbone");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(threads, "threads");
  }
}
