package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What the server lacks itself, whatever was asked of it: the same may be asked again later.
 *
 * @param status the HTTP status that says so
 * @param retryAfter seconds until it is worth another try
 * @param fault what is wrong, and what to do
 */
public record Outage(int status, int retryAfter, InputException fault) {

  private static final int UNAVAILABLE = 503;
  private static final int INSUFFICIENT_STORAGE = 507;

  /** How Linux, macOS and Windows say it. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  /** How PostgreSQL says it. */
  private static final String FULL_STATE = "53100";

  /**
   * A database that is away.
   *
   * @return the outage
   */
  public static Outage ofDatabase() {
    return new Outage(
        UNAVAILABLE,
        5,
        new InputException("the database", "does not answer", "try again in a moment"));
  }

  /**
   * Whether a fault is none of what was asked for.
   *
   * @param fault what was thrown
   * @return empty if it is no outage
   */
  public static Optional<Outage> of(Throwable fault) {
    boolean lost = false;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (isFull(cause)) {
        return Optional.of(ofDisk());
      }
      lost |= isLost(cause);
    }
    return lost ? Optional.of(ofDatabase()) : Optional.empty();
  }

  private static Outage ofDisk() {
    return new Outage(
        INSUFFICIENT_STORAGE,
        30,
        new InputException(
            "the server's disk",
            "is full, and nothing of this was kept",
            "free space where the data folder and the database are, then try again"));
  }

  private static boolean isFull(Throwable cause) {
    if (cause instanceof SQLException told) {
      return FULL_STATE.equals(told.getSQLState());
    }
    String message = cause.getMessage();
    return cause instanceof IOException
        && message != null
        && FULL.stream().anyMatch(message::contains);
  }

  private static boolean isLost(Throwable cause) {
    if (cause instanceof SQLException told) {
      return LostConnections.isLost(told);
    }
    return cause instanceof CannotGetJdbcConnectionException
        || cause instanceof CannotCreateTransactionException;
  }
}
