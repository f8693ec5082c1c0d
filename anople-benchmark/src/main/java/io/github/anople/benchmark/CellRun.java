package io.github.anople.benchmark;

import java.time.Duration;

/**
 * A run that is over.
 *
 * @param result what it came to
 * @param took how long it computed, without what it waited for a place to do so
 */
public record CellRun(CellResult result, Duration took) {}
