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
          "Where an *.onnx is computed: an execution provider of ONNX Runtime. Default: cpu.")
  private OnnxProvider provider;

  @Option(
      names = "--device",
      paramLabel = "N",
      description = "Number of the accelerator, where there are several. Default: 0.")
  private Integer device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that share the computation of an *.onnx. Default: the processor's cores.")
  private Integer threads;

  /** What was asked for. */
  OnnxSettings settings() {
    int number = device == null ? 0 : atLeast(0, device, "--device");
    OnnxSettings settings = OnnxSettings.on(provider == null ? OnnxProvider.CPU : provider, number);
    return threads == null ? settings : settings.withThreads(atLeast(1, threads, "--threads"));
  }

  private static int atLeast(int smallest, int value, String option) {
    if (value < smallest) {
      throw new InputException(option, "is " + value, "give " + smallest + " or more");
    }
    return value;
  }

  /** A bundle is computed by libtorch: what was asked for would be ignored. */
  void requireNone(Path bundle) {
    if (provider != null || device != null || threads != null) {
      throw new InputException(
          bundle,
          "is no exported detector, and --provider, --device and --threads are for those",
          "leave them out, or run 'anople export' first");
    }
  }
}
