package io.github.anople.console;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.torch.backbone.BuiltInBackbone;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code --backbone}, {@code --compute} and {@code --device}, and where backbones are looked for.
 */
public final class BackboneOption {

  @Option(
      names = "--backbone",
      paramLabel = "NAME|DIR",
      description =
          "The frozen CLIP: an OpenCLIP folder, a weights file in one, or the name of a pulled "
              + "backbone. Default: the variable ANOPLE_BACKBONE, else what is pulled, else the "
              + "built-in mini.")
  private String backbone;

  @Option(
      names = "--compute",
      paramLabel = "fp32|bf16|auto",
      defaultValue = "auto",
      description =
          "Number format of the encoders. auto: bf16 where the device multiplies it in hardware,"
              + " else fp32. Default: ${DEFAULT-VALUE}.")
  private Precision precision;

  @Mixin private DeviceOption device;

  /** An option holder, which picocli fills. */
  public BackboneOption() {}

  /**
   * How a detector of either kind is to be opened; says so where its backbone is nobody's choice.
   *
   * @param detector its file
   * @param onnx what was asked for in case that it is an exported one
   * @param words where it is said
   * @return settings
   */
  public OpenSettings settings(Path detector, OnnxOptions onnx, Output words) {
    if (!DetectorBundle.isNamedAsGraph(detector)) {
      announce(Optional.ofNullable(backbone), words);
    }
    return new OpenSettings(
        Optional.ofNullable(backbone),
        precision.id(),
        device.name(),
        onnx.provider(),
        onnx.threads());
  }

  /**
   * What was asked for, for a backbone that another process loads.
   *
   * @return settings of a detector without any of ONNX Runtime's
   */
  public OpenSettings settings() {
    return new OpenSettings(
        Optional.ofNullable(backbone),
        precision.id(),
        device.name(),
        Optional.empty(),
        OptionalInt.empty());
  }

  /**
   * Loads the backbone that was asked for; says so where that is nobody's choice.
   *
   * @param words where it is said
   * @return a backbone to close
   * @throws io.github.anople.core.InputException if there is none, or it is unusable
   */
  public LoadedBackbone load(Output words) {
    return load(Optional.ofNullable(backbone), precision, device, words);
  }

  /**
   * The same in a precision that is not the user's choice.
   *
   * @param asked the backbone; empty for the usual one
   * @param precision number format of the encoders
   * @param device where to compute
   * @param words where it is said
   * @return a backbone to close
   * @throws io.github.anople.core.InputException if there is none, or it is unusable
   */
  public static LoadedBackbone load(
      Optional<String> asked, Precision precision, DeviceOption device, Output words) {
    ComputeDevice where = device.torch();
    announce(asked, words);
    OpenClipWeights found = Backbones.find(asked);
    found.notes().forEach(note -> words.info("note: " + note));
    return LoadedBackbone.open(found, precision, where);
  }

  private static void announce(Optional<String> asked, Output words) {
    Backbones.fallback(asked).ifPresent(mini -> words.info(defaultLine(mini)));
  }

  private static String defaultLine(BuiltInBackbone mini) {
    return "no backbone named or pulled: using the built-in "
        + mini.name()
        + " ("
        + mini.note()
        + "); 'anople backbone list' shows larger ones";
  }
}
