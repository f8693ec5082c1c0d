package io.github.anople.benchmark.drawing;

/**
 * A place, in pixels from the drawing's upper left corner.
 *
 * @param x to the right
 * @param y downwards
 */
public record Point(double x, double y) {}
