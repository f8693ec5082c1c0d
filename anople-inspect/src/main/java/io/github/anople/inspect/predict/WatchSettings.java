package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import java.time.Duration;

/**
 * How a folder is watched.
 *
 * @param poll how often it is looked at; asking works on network drives too, where nobody tells
 * @param patience how long a picture may stay unreadable without changing before that is reported
 */
public record WatchSettings(Duration poll, Duration patience) {

  /**
   * Settings.
   *
   * @param poll how often the folder is looked at
   * @param patience how long a picture may stay unreadable
   * @throws InputException if the first is not positive or the second is negative
   */
  public WatchSettings {
    if (poll.isNegative() || poll.isZero()) {
      throw new InputException("poll", poll + " is not a positive time", "choose one above 0");
    }
    if (patience.isNegative()) {
      throw new InputException("patience", patience + " is negative", "choose 0 or more");
    }
  }

  /**
   * Twice a second, and 10 seconds of patience.
   *
   * @return the default settings
   */
  public static WatchSettings standard() {
    return new WatchSettings(Duration.ofMillis(500), Duration.ofSeconds(10));
  }
}
