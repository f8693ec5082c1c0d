package io.github.anople.inspect.report.html;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, where the machine has one. */
record Chromium(Path program) {

  /** Against a browser that hangs, not a bound on how long it may take. */
  private static final long MINUTES = 5;

  /** From the system property {@code anople.chromium}, else from the path. */
  static Optional<Chromium> find() {
    String named = System.getProperty("anople.chromium", "");
    if (!named.isBlank()) {
      return Optional.of(new Chromium(Path.of(named)));
    }
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Chromium::new);
  }

  /** The page as it is once its scripts have run. */
  String dom(Path page, Path scratch, int width, boolean dark)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "dom", ".html");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-breakpad",
                "--user-data-dir=" + Files.createTempDirectory(scratch, "profile"),
                "--virtual-time-budget=30000",
                "--window-size=" + width + ",1200",
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--dump-dom",
                page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(program + " hangs");
      }
      return Files.readString(out);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      // Until then it may write to its profile, which is about to be deleted.
      process.destroyForcibly().waitFor();
    }
  }
}
