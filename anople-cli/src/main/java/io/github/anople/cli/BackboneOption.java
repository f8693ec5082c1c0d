package io.github.anople.cli;

import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.BuiltInBackbone;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code --backbone}, {@code --precision} and {@code --device}, and where backbones are looked for.
 */
final class BackboneOption {

  @Option(
      names = "--backbone",
      paramLabel = "NAME|DIR",
      description =
          "The frozen CLIP: an OpenCLIP folder, a weights file in one, or the name of a pulled "
              + "backbone. Default: the variable ANOPLE_BACKBONE, else what is pulled, else the "
              + "built-in mini.")
  private String backbone;

  @Option(
      names = "--precision",
      paramLabel = "fp32|bf16|auto",
      defaultValue = "auto",
      description =
          "Number format of the encoders. auto: bf16 where the device multiplies it in hardware,"
              + " else fp32. Default: ${DEFAULT-VALUE}.")
  private Precision precision;

  @Mixin private DeviceOption device;

  /** Where to compute. */
  DeviceOption device() {
    return device;
  }

  /** Loads the backbone that was asked for; says so where that is nobody's choice. */
  LoadedBackbone load(Output words) {
    return load(Optional.ofNullable(backbone), precision, device, words);
  }

  /** The same in a precision that is not the user's choice. */
  static LoadedBackbone load(
      Optional<String> asked, Precision precision, DeviceOption device, Output words) {
    ComputeDevice where = device.torch();
    BackboneStore store = store();
    if (file(asked).isEmpty() && store.find(asked).isEmpty()) {
      store.builtIn().ifPresent(mini -> words.info(defaultLine(mini)));
    }
    return LoadedBackbone.open(checkpoint(asked), precision, where);
  }

  private static String defaultLine(BuiltInBackbone mini) {
    return "no backbone named or pulled: using the built-in "
        + mini.name()
        + " ("
        + mini.note()
        + "); 'anople backbone list' shows larger ones";
  }

  /** The backbones of this user, and the built-in one. */
  static BackboneStore store() {
    Path home = Path.of(System.getProperty("user.home"));
    return new BackboneStore(
        BackboneStore.defaultFolder(home), System.getenv(), Optional.of(MiniBackbone.builtIn()));
  }

  /** Opens a checkpoint by name, folder or weights file. */
  static OpenClipWeights checkpoint(Optional<String> nameOrPath) {
    Optional<Path> file = file(nameOrPath);
    return file.isPresent()
        ? OpenClipWeights.open(file.get())
        : OpenClipWeights.open(store().locate(nameOrPath));
  }

  private static Optional<Path> file(Optional<String> nameOrPath) {
    return nameOrPath.flatMap(BackboneOption::path).filter(Files::isRegularFile);
  }

  /** Empty for what is no path on this system: the store then says so. */
  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
