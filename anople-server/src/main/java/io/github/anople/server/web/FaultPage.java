package io.github.anople.server.web;

/**
 * Something that cannot be done.
 *
 * @param where what is at fault
 * @param problem what is wrong with it
 * @param remedy what to do
 */
public record FaultPage(String where, String problem, String remedy) {}
