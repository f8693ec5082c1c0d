package io.github.anople.torch.backbone;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param connectTimeout for a connection to open
 * @param stallTimeout for the answer to begin, and then for each next byte
 * @param attempts how often a transfer may fail in a row without getting on, at least 1
 * @param firstPause the pause after the first failure; each next one is twice as long
 */
public record DownloadSettings(
    Duration connectTimeout, Duration stallTimeout, int attempts, Duration firstPause) {

  /**
   * Checks the values.
   *
   * @param connectTimeout positive
   * @param stallTimeout positive
   * @param attempts 1 to 20
   * @param firstPause not negative
   * @throws IllegalArgumentException if a timeout is not positive, the pause is negative, or
   *     attempts is not in 1..20
   */
  public DownloadSettings {
    if (!isPositive(connectTimeout) || !isPositive(stallTimeout) || firstPause.isNegative()) {
      throw new IllegalArgumentException(
          "timeouts " + connectTimeout + ", " + stallTimeout + ", pause " + firstPause);
    }
    if (attempts < 1 || attempts > 20) {
      throw new IllegalArgumentException("attempts is " + attempts + ", not in 1..20");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  /**
   * Patient enough for a poor line: 30 s, 60 s, 5 failures, pauses of 1, 2, 4 and 8 s.
   *
   * @return the settings
   */
  public static DownloadSettings standard() {
    return new DownloadSettings(
        Duration.ofSeconds(30), Duration.ofSeconds(60), 5, Duration.ofSeconds(1));
  }

  /** The pause after so many failures in a row, from 1. */
  Duration pause(int failures) {
    return firstPause.multipliedBy(1L << (failures - 1));
  }
}
