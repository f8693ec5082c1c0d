package io.github.anople.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A picture that was inspected.
 *
 * @param id its number; later ones have greater numbers
 * @param product the product's number
 * @param detector the detector's number
 * @param version the detector's version
 * @param detectorSha256 content of the detector's {@code .anople}
 * @param sha256 the picture's content
 * @param mapSha256 the content of its map, a PNG of 16 bits
 * @param source where it came from
 * @param serialNumber of the part, where the sender told it
 * @param verdict such as {@code OK}
 * @param score of the picture
 * @param threshold what the score was compared with; empty where nobody decided
 * @param thresholdOrigin how the threshold came about
 * @param details faults of the scene, defects and notes, as JSON
 * @param millis from the first byte's arrival to the verdict
 * @param inspectedAt when
 * @param review what a person found, or whether one is to look
 * @param defect which defect the person found; empty where none was named
 */
public record InspectionRow(
    long id,
    long product,
    long detector,
    int version,
    String detectorSha256,
    String sha256,
    String mapSha256,
    String source,
    Optional<String> serialNumber,
    String verdict,
    float score,
    Optional<Float> threshold,
    Optional<String> thresholdOrigin,
    String details,
    int millis,
    Instant inspectedAt,
    ReviewState review,
    Optional<String> defect) {}
