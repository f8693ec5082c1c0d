package io.github.anople.server;

import io.github.anople.core.InputException;
import java.sql.SQLException;
import org.springframework.boot.web.server.PortInUseException;

/** Why a server does not start, in a line. */
final class StartFaults {

  private StartFaults() {}

  /**
   * The cause that a person can do something about.
   *
   * @param fault what was thrown
   * @param options what was asked for
   * @return a fault in a line, or the fault itself where nobody knows a remedy
   */
  static RuntimeException told(RuntimeException fault, Server.Options options) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException told) {
        return told;
      }
      if (cause instanceof PortInUseException) {
        return new InputException(
            "port " + options.port(),
            "is taken by another program",
            "give another by --port",
            fault);
      }
      if (cause instanceof SQLException) {
        return database(cause.getMessage(), options, fault);
      }
    }
    return fault;
  }

  private static InputException database(
      String message, Server.Options options, RuntimeException fault) {
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return options.database().isPresent()
        ? new InputException(
            "the database of --db",
            "cannot be used (" + first + ")",
            "check address and user",
            fault)
        : new InputException(
            "the database in " + options.data(),
            "cannot be opened (" + first + ")",
            "check the folder, or give another by --data",
            fault);
  }
}
