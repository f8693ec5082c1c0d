package io.github.anople.cli.demo;

/**
 * A product of which one picture does not say what a good one looks like.
 *
 * @param one what came out with one shot
 * @param remembering what came out with further shots in memory
 * @param shots how many those are, the first one among them
 */
public record HardCase(ProductResult one, ProductResult remembering, int shots) {}
