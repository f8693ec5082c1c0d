package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import io.github.anople.server.Server;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
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
          "The address that it listens at; one of this computer's own, since it has no accounts yet."
              + " Default: ${DEFAULT-VALUE}.")
  private String host = "localhost";

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
          "What new detectors see with. Default: the backbone that comes with the program.")
  private String backbone;

  @Mixin private Output words;

  @Override
  public Integer call() throws InterruptedException {
    requireOwnAddress();
    if (port < 0 || port > HIGHEST_PORT) {
      throw new InputException("--port", "is " + port, "use 1 to 65535, or 0 for any");
    }
    try (Server server =
        Server.start(
            new Server.Options(
                data,
                host,
                port,
                Optional.ofNullable(database),
                backbone == null ? Map.of() : Map.of("anople.backbone", backbone)))) {
      words.result().println("ready at " + server.address() + "; all is kept in " + server.data());
      // Until a signal ends the process; the server has a hook of its own, which lets work in.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private void requireOwnAddress() {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw new InputException(
            "--host",
            "is "
                + InputException.quoted(host)
                + ", which others reach, and there are no accounts yet",
            "use localhost, behind a proxy that asks for a password where others are to reach it");
      }
    } catch (UnknownHostException e) {
      throw new InputException(
          "--host",
          "is " + InputException.quoted(host) + ", which nobody knows",
          "use localhost",
          e);
    }
  }
}
