package io.github.anople.console;

import io.github.anople.torch.engine.ComputeDevice;
import picocli.CommandLine.Option;

/** {@code --device}: where libtorch or ONNX Runtime computes. */
public final class DeviceOption {

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

  /** An option holder, which picocli fills. */
  public DeviceOption() {}

  /**
   * The device for libtorch.
   *
   * @return a device that is there
   * @throws io.github.anople.core.InputException if it is not
   */
  public ComputeDevice torch() {
    return ComputeDevice.parse(device);
  }

  /**
   * The device for either engine.
   *
   * @return as it was typed
   */
  public String name() {
    return device;
  }
}
