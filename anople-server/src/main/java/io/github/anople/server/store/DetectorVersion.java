package io.github.anople.server.store;

import java.time.Instant;
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
 */
public record DetectorVersion(
    long id,
    long product,
    int version,
    String sha256,
    String graphSha256,
    boolean provisional,
    Optional<String> calibration,
    Instant createdAt) {}
