package io.github.anople.server.account;

import java.time.Duration;

/** Too many tries: the next may be made after a pause. */
public final class PauseException extends RuntimeException {

  private final transient Duration pause;

  PauseException(Duration pause) {
    super("too many tries; the next may be made in " + seconds(pause) + " s");
    this.pause = pause;
  }

  /**
   * How long there is to wait.
   *
   * @return seconds, at least one
   */
  public long seconds() {
    return seconds(pause);
  }

  private static long seconds(Duration pause) {
    return pause.toSeconds() + 1;
  }
}
