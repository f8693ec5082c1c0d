package io.github.anople.server.store;

import java.time.Instant;

/**
 * A picture that is kept, whoever sent it.
 *
 * @param id its number
 * @param sha256 its content's name
 * @param mediaType for example {@code image/png}
 * @param bytes size of the file
 * @param width columns
 * @param height rows
 * @param addedAt when it came first
 */
public record Picture(
    long id, String sha256, String mediaType, long bytes, int width, int height, Instant addedAt) {}
