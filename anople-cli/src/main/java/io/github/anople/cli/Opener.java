package io.github.anople.cli;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows a file or folder with the program that the desktop has for it. */
final class Opener {

  private Opener() {}

  /** Does not wait. The JDK's own Desktop would need a display for this process. */
  static void open(Path what) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String path = what.toAbsolutePath().toString();
    List<String> command =
        system.startsWith("windows")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", path)
            : List.of(system.startsWith("mac") ? "open" : "xdg-open", path);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new InputException(
          what, "cannot be shown (" + e.getMessage() + ")", "open it by hand", e);
    }
  }
}
