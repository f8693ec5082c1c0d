package io.github.anople.server.web;

/**
 * Asks who somebody is.
 *
 * @param next the address to go on to
 * @param name what was typed before
 * @param fault why that did not do; may be empty
 * @param remark what else there is to say; may be empty
 */
public record SignInPage(String next, String name, String fault, String remark) {}
