package io.github.anople.core.drift;

import java.util.Objects;
import java.util.Optional;

/**
 * A change while it lasts.
 *
 * @param change what has moved, as it was when it was noticed
 * @param began the picture with which it was noticed
 * @param ended the picture with which it was over; empty while it lasts
 */
public record Drift(Change change, String began, Optional<String> ended) {

  /** A drift. */
  public Drift {
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(began, "began");
    Objects.requireNonNull(ended, "ended");
  }

  /**
   * A drift that lasts.
   *
   * @param change what has moved
   * @param began the picture with which it was noticed
   */
  public Drift(Change change, String began) {
    this(change, began, Optional.empty());
  }

  /**
   * Whether it lasts.
   *
   * @return whether it has not ended
   */
  public boolean lasts() {
    return ended.isEmpty();
  }

  /**
   * The same, which is over.
   *
   * @param with the picture with which it is
   * @return a drift that has ended
   */
  public Drift endedWith(String with) {
    return new Drift(change, began, Optional.of(with));
  }

  /**
   * What a person is told at its begin and at its end.
   *
   * @return a clause
   */
  public String words() {
    return lasts() ? change.words() : "no longer so: " + change.words();
  }
}
