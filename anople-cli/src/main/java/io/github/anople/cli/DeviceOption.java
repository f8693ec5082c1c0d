package io.github.anople.cli;

import io.github.anople.torch.engine.ComputeDevice;
import picocli.CommandLine.Option;

/** {@code --device}: where libtorch or ONNX Runtime computes. */
final class DeviceOption {

  @Option(
      names = "--device",
      paramLabel = "cuda[:N]|cpu|auto",
      defaultValue = "auto",
      description =
          "Where to compute. auto: the first CUDA card if the program was built with -Pgpu and "
              + "there is one, else the processor; an *.onnx on the processor. The same seed gives "
              + "the same bytes on the processor alone. For an *.onnx also a number: the card of "
              + "its --provider. Default: ${DEFAULT-VALUE}.")
  private String device;

  /** For libtorch. */
  ComputeDevice torch() {
    return ComputeDevice.parse(device);
  }

  /** As it was typed, for either engine. */
  String name() {
    return device;
  }
}
