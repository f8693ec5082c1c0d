package io.github.anople.torch.engine;

import io.github.anople.core.InputException;
import io.github.anople.core.NativeFolders;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where JavaCPP unpacks libtorch: to the user's home, else to the temporary folder. It tries
 * whether they can be written to, but not whether a library can be loaded from there.
 */
final class TorchNatives {

  static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  private static final String FORMER_FOLDER = "org.bytedeco.javacpp.cacheDir";

  private TorchNatives() {}

  /**
   * Chooses a folder that will do, unless the user chose one.
   *
   * @throws InputException if none will
   */
  static void prepare() {
    String chosen = System.getProperty(FOLDER, System.getProperty(FORMER_FOLDER));
    if (chosen != null) {
      NativeFolders.fault(Path.of(chosen))
          .ifPresent(
              fault -> {
                throw unusable(chosen, fault + ", so libtorch cannot be unpacked there");
              });
      return;
    }
    Path home = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    Optional<String> atHome = NativeFolders.fault(home);
    if (atHome.isEmpty()) {
      return;
    }
    Path temporary =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            ".javacpp-" + System.getProperty("user.name"),
            "cache");
    NativeFolders.fault(temporary)
        .ifPresent(
            fault -> {
              throw unusable(
                  home.toString(),
                  "%s, and %s %s, so libtorch can be unpacked to neither"
                      .formatted(atHome.get(), temporary, fault));
            });
    System.setProperty(FOLDER, temporary.toString());
  }

  private static InputException unusable(String folder, String problem) {
    return new InputException(
        folder,
        problem,
        "start Java with -D" + FOLDER + "=FOLDER, one from which programs may be run");
  }
}
