package io.github.anople.inspect.report.html;

import java.util.List;
import org.jsoup.nodes.Element;

/** The few patterns that the page repeats. jsoup escapes every text and attribute. */
final class Dom {

  private Dom() {}

  /** A section with a heading that names it. */
  static Element section(Element parent, String id, String title) {
    Element section = parent.appendElement("section").id(id).attr("aria-labelledby", id + "-title");
    section.appendElement("h2").id(id + "-title").text(title);
    return section;
  }

  static Element paragraph(Element parent, String style, String text) {
    return parent.appendElement("p").addClass(style).text(text);
  }

  /** A name out of the data, set apart from the writing direction around it. */
  static Element name(Element parent, String text) {
    return parent.appendElement("bdi").text(Words.name(text));
  }

  /**
   * A table whose first column names the row; the others are numbers.
   *
   * @return its body
   */
  static Element table(Element parent, String caption, List<String> head) {
    // Focusable, so that one without a mouse can scroll a wide table.
    Element frame =
        parent
            .appendElement("div")
            .addClass("table")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", caption);
    Element table = frame.appendElement("table");
    table.appendElement("caption").text(caption);
    Element row = table.appendElement("thead").appendElement("tr");
    for (String title : head) {
      row.appendElement("th").attr("scope", "col").text(title);
    }
    return table.appendElement("tbody");
  }

  /** A row of a {@link #table}. */
  static void row(Element body, String name, List<String> cells) {
    Element row = body.appendElement("tr");
    name(row.appendElement("th").attr("scope", "row"), name);
    for (String cell : cells) {
      row.appendElement("td").text(cell);
    }
  }

  static Element details(Element parent, String summary) {
    Element details = parent.appendElement("details");
    details.appendElement("summary").text(summary);
    return details;
  }
}
