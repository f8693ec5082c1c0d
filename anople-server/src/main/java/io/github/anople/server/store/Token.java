package io.github.anople.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a program signs in with.
 *
 * @param id its number
 * @param name what it is for
 * @param role what the program may do
 * @param madeBy who made it
 * @param createdAt when
 * @param expiresAt when it ends; empty for never
 * @param usedAt when it was used last, to a minute; empty before the first time
 */
public record Token(
    long id,
    String name,
    Role role,
    String madeBy,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> usedAt) {}
