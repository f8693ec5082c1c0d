package io.github.anople.benchmark.plot;

import io.github.anople.benchmark.drawing.Stroke;
import java.util.List;

/**
 * What tells a line from the others: its colour, and for those who see no colours its dashes.
 *
 * @param colour as CSS writes it
 * @param dashes lengths in pixels
 */
record LineLook(String colour, List<Double> dashes) {

  /** Okabe and Ito's colours, which people with any sight tell apart. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  private static final List<List<Double>> DASHES =
      List.of(List.of(), List.of(7.0, 3.0), List.of(2.0, 2.5), List.of(9.0, 3.0, 2.0, 3.0));

  /** The look of a line by its number; looks repeat after 24. */
  static LineLook of(int number) {
    return new LineLook(
        COLOURS.get(number % COLOURS.size()), DASHES.get(number / COLOURS.size() % DASHES.size()));
  }

  Stroke stroke() {
    return new Stroke(colour, 2, dashes);
  }
}
