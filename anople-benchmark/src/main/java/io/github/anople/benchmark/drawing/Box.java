package io.github.anople.benchmark.drawing;

/**
 * An upright rectangle, in pixels from the drawing's upper left corner.
 *
 * @param x of its left edge
 * @param y of its upper edge
 * @param width at least 0
 * @param height at least 0
 */
public record Box(double x, double y, double width, double height) {}
