package io.github.anople.server.store;

import java.time.Instant;

/**
 * Somebody who may sign in.
 *
 * @param id its number, which never becomes another's
 * @param name what is typed to sign in
 * @param role what the person may do
 * @param password as the encoder wrote it
 * @param stamp goes up when sessions are to end
 * @param createdAt when it was made
 */
public record Account(
    long id, String name, Role role, String password, int stamp, Instant createdAt) {}
