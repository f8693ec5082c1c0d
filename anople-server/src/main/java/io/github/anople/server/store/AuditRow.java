package io.github.anople.server.store;

import java.time.Instant;

/**
 * A line of the audit log.
 *
 * @param id its number, one more than the row before
 * @param notedAt when
 * @param who did it
 * @param action what was done
 * @param subject what it was done to
 * @param details what else there is to say; may be empty
 * @param origin the address it came from; empty for the server itself
 * @param hashBefore hash of the row before
 * @param hash over all that and the hash of the row before
 */
public record AuditRow(
    long id,
    Instant notedAt,
    String who,
    String action,
    String subject,
    String details,
    String origin,
    String hashBefore,
    String hash) {}
