package io.github.anople.benchmark.report;

import io.github.anople.benchmark.Table;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/** A report as a page that stands alone: drawings are in it, nothing is loaded. */
final class HtmlReport {

  private static final String STYLE = "report.css";

  private HtmlReport() {}

  static String of(PaperReport report) {
    Document page = Document.createShell("");
    page.prependChild(new DocumentType("html", "", ""));
    page.outputSettings().prettyPrint(false);
    page.child(0).attr("lang", "en");
    page.charset(StandardCharsets.UTF_8);
    page.head()
        .appendElement("meta")
        .attr("name", "viewport")
        .attr("content", "width=device-width, initial-scale=1");
    page.title(report.title());
    page.head().appendElement("style").appendChild(new DataNode(style()));
    Element body = page.body();
    body.appendElement("h1").text(report.title());
    report.remarks().forEach(remark -> body.appendElement("p").text(remark));
    contents(body, report.sections());
    for (int i = 0; i < report.sections().size(); i++) {
      section(body, report.sections().get(i), "s" + i);
    }
    return page.outerHtml() + "\n";
  }

  private static void contents(Element body, List<PaperReport.Section> sections) {
    Element list = body.appendElement("nav").attr("aria-label", "Contents").appendElement("ul");
    for (int i = 0; i < sections.size(); i++) {
      list.appendElement("li")
          .appendElement("a")
          .attr("href", "#s" + i)
          .text(sections.get(i).title());
    }
  }

  private static void section(Element body, PaperReport.Section section, String id) {
    Element part = body.appendElement("section").attr("id", id);
    part.appendElement("h2").text(section.title());
    section.remarks().forEach(remark -> part.appendElement("p").text(remark));
    List<Table> tables = section.tables();
    if (!tables.isEmpty()) {
      table(part, tables.get(0));
    }
    section.pictures().forEach(picture -> picture(part, picture));
    if (tables.size() > 1) {
      Element more = part.appendElement("details");
      more.appendElement("summary").text("All metrics, and class by class");
      tables.subList(1, tables.size()).forEach(table -> table(more, table));
    }
  }

  private static void table(Element parent, Table table) {
    // Wide tables scroll by themselves, the page does not; so that keys reach them they take focus.
    Element scroll =
        parent
            .appendElement("div")
            .addClass("wide")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", table.caption());
    Element grid = scroll.appendElement("table");
    grid.appendElement("caption").text(table.caption());
    Element head = grid.appendElement("thead").appendElement("tr");
    table.header().forEach(word -> head.appendElement("th").attr("scope", "col").text(word));
    Element rows = grid.appendElement("tbody");
    for (List<String> cells : table.rows()) {
      Element row = rows.appendElement("tr");
      row.appendElement("th").attr("scope", "row").text(cells.get(0));
      cells.subList(1, cells.size()).forEach(cell -> row.appendElement("td").text(cell));
    }
    if (!table.notes().isEmpty()) {
      Element notes = parent.appendElement("ul").addClass("notes");
      table.notes().forEach(note -> notes.appendElement("li").text(note));
    }
  }

  private static void picture(Element parent, PaperReport.Picture picture) {
    Element figure = parent.appendElement("figure");
    figure
        .appendElement("img")
        .attr("alt", picture.caption())
        .attr("src", "data:image/svg+xml;base64," + encoded(picture.svg()));
    figure.appendElement("figcaption").text(picture.caption());
  }

  private static String encoded(Path svg) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(svg));
    } catch (IOException e) {
      throw new InputException(svg, "cannot be read (" + e.getMessage() + ")", "draw it again", e);
    }
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("the jar was built without " + STYLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
