package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Text that a database does not take. */
public final class RefusedText {

  /** Longer than its column; a character that PostgreSQL does not keep, such as NUL. */
  private static final Set<String> STATES = Set.of("22001", "22021");

  private RefusedText() {}

  /**
   * Whether a text of what was asked for is at fault.
   *
   * @param fault what a statement has thrown
   * @return empty if it is something else
   */
  public static Optional<InputException> of(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException told && STATES.contains(told.getSQLState())) {
        return Optional.of(
            new InputException(
                "what was sent",
                "has a text that is too long, or a character that cannot be kept",
                "leave out control characters, and say it in fewer words",
                fault));
      }
    }
    return Optional.empty();
  }
}
