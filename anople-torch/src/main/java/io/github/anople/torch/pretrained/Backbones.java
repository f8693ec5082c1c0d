package io.github.anople.torch.pretrained;

import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.BuiltInBackbone;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds and loads backbones by what a person calls them: a name, a folder, or a weights file. */
public final class Backbones {

  private Backbones() {}

  /**
   * Finds a backbone's weights.
   *
   * @param asked a name in the user's store, a folder or a weights file; empty for the usual one
   * @return its weights, not loaded
   * @throws io.github.anople.core.InputException if there is no such backbone, or it is not whole
   */
  public static OpenClipWeights find(Optional<String> asked) {
    Optional<Path> file = file(asked);
    return file.isPresent()
        ? OpenClipWeights.open(file.get())
        : OpenClipWeights.open(BackboneStore.standard().locate(asked));
  }

  /**
   * Finds and loads a backbone.
   *
   * @param asked as for {@link #find}
   * @param precision number format of the encoders
   * @param device where to compute
   * @return a backbone to close
   * @throws io.github.anople.core.InputException as {@link #find}, or if its weights are unusable
   */
  public static LoadedBackbone load(
      Optional<String> asked, Precision precision, ComputeDevice device) {
    return LoadedBackbone.open(find(asked), precision, device);
  }

  /**
   * The built-in backbone, where it is used because nobody asked for another and none is installed.
   *
   * @param asked as for {@link #find}
   * @return empty where a backbone was asked for or is installed
   */
  public static Optional<BuiltInBackbone> fallback(Optional<String> asked) {
    BackboneStore store = BackboneStore.standard();
    return file(asked).isEmpty() && store.find(asked).isEmpty()
        ? store.builtIn()
        : Optional.empty();
  }

  private static Optional<Path> file(Optional<String> asked) {
    return asked.flatMap(Backbones::path).filter(Files::isRegularFile);
  }

  /** Empty for what is not a path on this system: the store then says so. */
  static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
