package io.github.anople.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A person's decision about an inspected picture.
 *
 * @param found {@link ReviewState#GOOD} or {@link ReviewState#BAD}
 * @param defect which defect was found; empty where none was named
 * @param reason why; may be empty
 * @param purpose what the picture is for since then: a good one may be learned from
 * @param reviewer who
 * @param reviewedAt when
 */
public record Review(
    ReviewState found,
    Optional<String> defect,
    String reason,
    Optional<GoodPicture.Purpose> purpose,
    String reviewer,
    Instant reviewedAt) {}
