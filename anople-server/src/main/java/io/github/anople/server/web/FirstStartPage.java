package io.github.anople.server.web;

/**
 * Asks for the first administrator's password.
 *
 * @param asksForCode whether the code is asked for that the terminal shows
 * @param fault why what was typed did not do; may be empty
 */
public record FirstStartPage(boolean asksForCode, String fault) {}
