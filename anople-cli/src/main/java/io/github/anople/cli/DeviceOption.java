package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.onnx.OnnxProvider;
import io.github.anople.onnx.OnnxSettings;
import io.github.anople.torch.engine.ComputeDevice;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** {@code --device}: where libtorch or ONNX Runtime computes. */
final class DeviceOption {

  private static final Pattern ONNX =
      Pattern.compile("auto|cpu|(?<cuda>cuda)(:(?<card>\\d{1,3}))?|(?<number>\\d{1,3})");

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

  /** For ONNX Runtime, by a provider or, where that is null, by the one that the device names. */
  OnnxSettings onnx(OnnxProvider provider) {
    Matcher parts = ONNX.matcher(device.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new InputException(
          "--device",
          InputException.quoted(device) + " is not a device",
          "use cpu, cuda, cuda:N, auto, or the card's number: 0 or more");
    }
    OnnxProvider named = parts.group("cuda") == null ? OnnxProvider.CPU : OnnxProvider.CUDA;
    String card = parts.group("card") == null ? parts.group("number") : parts.group("card");
    return OnnxSettings.on(
        provider == null ? named : provider, card == null ? 0 : Integer.parseInt(card));
  }
}
