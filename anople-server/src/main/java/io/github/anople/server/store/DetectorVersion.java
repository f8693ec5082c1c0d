package io.github.anople.server.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A version of a product's detector. Its files never change: other thresholds are another version.
 *
 * @param id its number among all detectors
 * @param product the product's number
 * @param version its number among the product's, from 1
 * @param sha256 content of its {@code .anople}
 * @param graphSha256 content of its {@code .onnx}
 * @param provisional whether it was made without training
 * @param calibration its thresholds as JSON; empty where nobody decided
 * @param createdAt when
 * @param origin how it came about
 * @param sameScoresAs number of the version that it shares its scores with, since thresholds alone
 *     differ; empty for scores of its own
 */
public record DetectorVersion(
    long id,
    long product,
    int version,
    String sha256,
    String graphSha256,
    boolean provisional,
    Optional<String> calibration,
    Instant createdAt,
    Origin origin,
    Optional<Long> sameScoresAs) {

  /** How a version came about. */
  public enum Origin {
    /** By training. */
    TRAINING,
    /** By new thresholds from good pictures. */
    CALIBRATION,
    /** By thresholds that a person chose. */
    THRESHOLDS,
    /** By good pictures that joined its memory. */
    CORRECTION;

    /**
     * The name in tables and addresses.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Origin of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * The version whose scores this one has.
   *
   * @return its number, perhaps this one's own
   */
  public long scores() {
    return sameScoresAs.orElse(id);
  }
}
