package io.github.anople.server.web;

/**
 * One's own account.
 *
 * @param person whether it is somebody's who signed in with a password
 * @param fault why a new password did not do; may be empty
 */
public record AccountPage(boolean person, String fault) {}
