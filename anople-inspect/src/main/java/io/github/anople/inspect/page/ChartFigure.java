package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/**
 * A place for a chart and its numbers in a table. A script fills the place; without script it stays
 * hidden.
 *
 * @param id the name under which the script finds the chart's data
 * @param title what is drawn
 * @param caption how it is to be read
 * @param wide whether it takes a row of its own
 * @param numbers what is drawn, as a table
 */
public record ChartFigure(String id, String title, String caption, boolean wide, Table numbers)
    implements Content {

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/chartFigure", this, output);
  }
}
