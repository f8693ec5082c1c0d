package io.github.anople.benchmark.drawing;

import java.util.List;

/**
 * How a line is drawn.
 *
 * @param colour as CSS writes it, such as {@code #0072b2}
 * @param width in pixels
 * @param dashes lengths of dashes and gaps in turn, in pixels; empty for a whole line
 */
public record Stroke(String colour, double width, List<Double> dashes) {

  /** A stroke. */
  public Stroke {
    dashes = List.copyOf(dashes);
  }

  /**
   * A whole line.
   *
   * @param colour as CSS writes it
   * @param width in pixels
   */
  public Stroke(String colour, double width) {
    this(colour, width, List.of());
  }
}
