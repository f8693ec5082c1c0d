package io.github.anople.console;

import io.github.anople.onnx.OnnxProvider;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Where and how an exported detector is computed. */
public final class OnnxOptions {

  @Option(
      names = "--provider",
      paramLabel = "cpu|cuda|tensorrt|directml|coreml|openvino",
      description =
          "Where an *.onnx is computed: an execution provider of ONNX Runtime. Default: cpu, "
              + "or cuda where --device says so.")
  private OnnxProvider provider;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that share the computation of an *.onnx. Default: the processor's cores.")
  private Integer threads;

  /** An option holder, which picocli fills. */
  public OnnxOptions() {}

  /**
   * The execution provider.
   *
   * @return its name, if one was asked for
   */
  public Optional<String> provider() {
    return Optional.ofNullable(provider).map(OnnxProvider::id);
  }

  /**
   * The threads that share the computation.
   *
   * @return their number, if one was asked for
   */
  public OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }
}
