package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;

/**
 * A table whose first column names the row; the others are numbers.
 *
 * @param caption what it tells
 * @param head the columns' titles, that of the names first
 * @param rows its rows
 */
public record Table(String caption, List<String> head, List<Row> rows) implements Content {

  /**
   * A row.
   *
   * @param name what it is about; it may come out of the data
   * @param cells the other columns, one fewer than the table's head
   */
  public record Row(String name, List<String> cells) {

    public Row {
      cells = List.copyOf(cells);
    }
  }

  public Table {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/table", this, output);
  }
}
