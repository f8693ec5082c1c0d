package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import io.github.anople.server.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anople serve}: pages and REST, until it is stopped. */
@Command(
    name = "serve",
    description =
        "Starts a server: pages on which a product is enrolled from one good picture, inspected and"
            + " looked up, and REST for stations. Runs until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65535;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "The address that it listens at; 0.0.0.0 for all of this computer's. Passwords go as they"
              + " are then: where others reach it, put a proxy with TLS before it."
              + " Default: ${DEFAULT-VALUE}, which this computer alone reaches.")
  private String host = "localhost";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "A further name that it answers under, such as that of a proxy before it. May be repeated.")
  private List<String> names = List.of();

  @Option(
      names = "--admin-password-file",
      paramLabel = "FILE",
      description =
          "The administrator's password is the first line of this file, where there is no"
              + " administrator yet. Default: the variable ANOPLE_ADMIN_PASSWORD, else a page asks.")
  private Path passwordFile;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description =
          "First fills the data folder, which has to be a new one, and the empty database of --db"
              + " from this backup.")
  private Path backup;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where everything is kept: pictures, detectors, history. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of("anople-data");

  @Option(
      names = "--db",
      paramLabel = "URL",
      description =
          "A PostgreSQL for the history, such as jdbc:postgresql://localhost/anople?user=anople."
              + " Default: a database in the data folder.")
  private String database;

  @Option(
      names = "--backbone",
      paramLabel = "NAME|DIR",
      description =
          "What new detectors see with. Default: the backbone that was pulled, else the one that"
              + " comes with the program.")
  private String backbone;

  @Mixin private Output words;

  @Override
  public Integer call() throws InterruptedException {
    names.forEach(ServeCommand::requireName);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new InputException("--port", "is " + port, "use 1 to 65535, or 0 for any");
    }
    Server.Options options =
        new Server.Options(data, host, port, Optional.ofNullable(database), properties());
    if (backup != null) {
      Server.restore(backup, options);
    }
    try (Server server = Server.start(options)) {
      words.result().println("ready at " + server.address() + "; all is kept in " + server.data());
      server.notices().forEach(words.result()::println);
      // Until a signal ends the process; the server has a hook of its own, which lets work in.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    if (backbone != null) {
      properties.put("anople.backbone", backbone);
    }
    if (!names.isEmpty()) {
      properties.put("anople.names", String.join(",", names));
    }
    if (passwordFile != null) {
      properties.put("anople.admin-password", firstLine(passwordFile));
    }
    return properties;
  }

  private static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+]")) {
      throw new InputException(
          "--name",
          "is " + InputException.quoted(name) + ", which is no name of a server",
          "give it without http:// and port, such as line3.example.com");
    }
  }

  private static String firstLine(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      if (line == null || line.isBlank()) {
        throw new InputException(file, "is empty", "write the password into its first line");
      }
      return line;
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
  }
}
