package io.github.anople.server.web;

/**
 * Where pictures are dropped, chosen or taken with a camera.
 *
 * @param address where each is sent
 * @param then what happens then: {@code reload} of the page, or the answer is put on it as a {@code
 *     card}
 * @param invitation what it says
 * @param serialNumbers whether it asks for them
 */
public record DropArea(String address, String then, String invitation, boolean serialNumbers) {}
