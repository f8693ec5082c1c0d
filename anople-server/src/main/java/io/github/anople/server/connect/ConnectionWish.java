package io.github.anople.server.connect;

import java.util.Optional;

/**
 * What somebody wants of a connection, as it was typed; blank is as good as empty.
 *
 * @param target address of a webhook or a broker, or a folder
 * @param topic where a broker publishes
 * @param clientId how the server calls itself at a broker
 * @param user whom a broker knows
 * @param secret a password, or what messages are signed with; empty to leave what there is, blank
 *     to have none
 * @param verdicts which are sent: {@code all}, {@code not-ok} or {@code rejected}
 * @param move whether a folder's pictures are moved once they are inspected
 */
public record ConnectionWish(
    Optional<String> target,
    Optional<String> topic,
    Optional<String> clientId,
    Optional<String> user,
    Optional<String> secret,
    Optional<String> verdicts,
    Optional<Boolean> move) {}
