package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.onnx.OnnxProvider;
import io.github.anople.onnx.OnnxSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where and how an exported detector is computed. */
final class OnnxOptions {

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

  /** What was asked for. */
  OnnxSettings settings(DeviceOption device) {
    OnnxSettings settings = device.onnx(provider);
    if (threads == null) {
      return settings;
    }
    if (threads < 1 || threads > OnnxSettings.MOST_THREADS) {
      throw new InputException(
          "--threads", "is " + threads, "give 1 to " + OnnxSettings.MOST_THREADS);
    }
    return settings.withThreads(threads);
  }

  /** A bundle is computed by libtorch: what was asked for would be ignored. */
  void requireNone(Path bundle) {
    if (provider != null || threads != null) {
      throw new InputException(
          bundle,
          "is not an exported detector, and --provider and --threads are for those",
          "leave them out, or run 'anople export' first");
    }
  }
}
