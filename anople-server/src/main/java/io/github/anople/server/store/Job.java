package io.github.anople.server.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that takes a while.
 *
 * @param id its number
 * @param product the product's number
 * @param kind what is done
 * @param state how it stands
 * @param stage what is being done, in words
 * @param done steps that are done
 * @param total steps in all; 0 where nobody knows yet
 * @param fault why it failed
 * @param createdAt when somebody asked for it
 * @param startedAt when it began; empty while it waits
 * @param endedAt when it ended; empty until then
 * @param settings of this job alone, as JSON
 * @param remarks what it found odd, a line each
 */
public record Job(
    long id,
    long product,
    String kind,
    State state,
    String stage,
    int done,
    int total,
    Optional<String> fault,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String settings,
    String remarks) {

  /** How a job stands. */
  public enum State {
    /** It waits for its turn. */
    QUEUED,
    /** It is being done; after a restart of the server it goes on. */
    RUNNING,
    /** It is done. */
    DONE,
    /** It could not be done. */
    FAILED,
    /** Somebody ended it. */
    CANCELLED;

    /**
     * The name in tables and addresses.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether nothing more happens.
     *
     * @return false for those that wait or run
     */
    public boolean ended() {
      return this != QUEUED && this != RUNNING;
    }
  }
}
