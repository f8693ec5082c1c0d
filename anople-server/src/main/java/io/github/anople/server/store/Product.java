package io.github.anople.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A product that is inspected.
 *
 * @param id its number
 * @param name its name in addresses: letters, digits, dashes and underscores
 * @param shows what its pictures show, in the words that the detector is prompted with
 * @param createdAt when it was made
 * @param activeDetector number of the detector that inspects it; empty before the first
 * @param region which part of its pictures counts, as JSON; empty for the whole picture
 */
public record Product(
    long id,
    String name,
    String shows,
    Instant createdAt,
    Optional<Long> activeDetector,
    Optional<String> region) {

  /**
   * Whether a version is the one that inspects.
   *
   * @param version a version of this product's detector
   * @return whether it is active
   */
  public boolean inspectsWith(DetectorVersion version) {
    return activeDetector.filter(id -> id == version.id()).isPresent();
  }
}
