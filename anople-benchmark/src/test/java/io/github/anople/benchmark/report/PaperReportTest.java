package io.github.anople.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.Table;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One document of all tables and figures. */
class PaperReportTest {

  private static final String HOSTILE =
      "<script>alert(1)</script> & \\input{/etc/passwd} | `x` 50 %";

  @TempDir private static Path folder;

  private static PaperReport report(Path svg) {
    Table table =
        new Table(
            "caption " + HOSTILE,
            List.of("variant", "mvtec"),
            List.of(List.of(HOSTILE, "94.1 ± 0.3")),
            List.of("Paper: " + HOSTILE));
    Table more = new Table("class by class", List.of("category", "a"), List.of());
    return new PaperReport(
        "Title " + HOSTILE,
        List.of("remark " + HOSTILE),
        List.of(
            new PaperReport.Section(
                "Section " + HOSTILE,
                List.of(HOSTILE),
                List.of(table, more),
                List.of(
                    new PaperReport.Picture(
                        "figure " + HOSTILE, svg, svg.resolveSibling("a.tex"))))));
  }

  private static Path svg(String name) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name).resolve("figures"));
    return Files.writeString(own.resolve("a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
  }

  @Test
  void thePageStandsAloneAndRunsNothing() throws IOException {
    Path svg = svg("page");
    report(svg).write(folder.resolve("page"));
    Document page = Jsoup.parse(Files.readString(folder.resolve("page/report.html")));

    assertEquals(0, page.select("script, link, [onload], [href^=http]").size());
    assertEquals("Title " + HOSTILE, page.title());
    assertEquals(HOSTILE, page.select("tbody th").first().text());
    assertEquals("94.1 ± 0.3", page.select("tbody td").first().text());
    assertEquals("Paper: " + HOSTILE, page.select(".notes li").text());
    String source = page.select("figure img").attr("src");
    assertArrayEquals(
        Files.readAllBytes(svg),
        Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1)));
    assertEquals("figure " + HOSTILE, page.select("figure img").attr("alt"));
    assertEquals(1, page.select("details table").size(), "what is less telling is folded");
    assertEquals(page.select("nav a").attr("href"), "#" + page.select("section").attr("id"));
    assertEquals("en", page.select("html").attr("lang"));
    assertTrue(page.select("style").html().contains("prefers-color-scheme: dark"));
  }

  @Test
  void latexAndMarkdownShowNamesAsTheyAre() throws IOException {
    report(svg("texts")).write(folder.resolve("texts"));
    String tex = Files.readString(folder.resolve("texts/report.tex"));
    String markdown = Files.readString(folder.resolve("texts/report.md"));

    assertTrue(!tex.contains("\\input{/etc"), "a name is no command");
    assertTrue(tex.contains("\\textbackslash{}input\\{/etc/passwd\\}"), tex);
    assertTrue(tex.contains("\\graphicspath{{figures/}}"), tex);
    assertTrue(tex.contains("\\input{figures/a.tex}"), tex);
    assertTrue(tex.indexOf("\\begin{document}") < tex.indexOf("\\begin{table}"), tex);
    assertTrue(markdown.contains("(<figures/a.svg>)"), markdown);
    assertTrue(!markdown.contains("<script>"), markdown);
    assertTrue(markdown.startsWith("# Title \\<script\\>"), markdown);
  }

  /** No column is lost, and every part names its rows. */
  @Test
  void aWideTableGoesOnInAnother() {
    List<String> header = new ArrayList<>(List.of("category"));
    List<String> row = new ArrayList<>(List.of("nut"));
    for (int i = 0; i < 16; i++) {
      header.add("variant " + i);
      row.add("value " + i);
    }
    Table wide = new Table("wide", header, List.of(row), List.of("a note"));

    List<Table> parts = LatexReport.parts(wide);

    assertEquals(
        List.of("wide", "wide (continued)", "wide (continued)"),
        parts.stream().map(Table::caption).toList());
    assertEquals(
        header.subList(1, header.size()),
        parts.stream().flatMap(part -> part.header().stream().skip(1)).toList());
    assertEquals(
        row.subList(1, row.size()),
        parts.stream().flatMap(part -> part.rows().get(0).stream().skip(1)).toList());
    assertTrue(parts.stream().allMatch(part -> part.rows().get(0).get(0).equals("nut")));
    assertEquals(1, parts.stream().filter(part -> !part.notes().isEmpty()).count());
    Table narrow = new Table("narrow", List.of("a", "b"), List.of(List.of("1", "2")));
    assertEquals(List.of(narrow), LatexReport.parts(narrow));
  }

  @Test
  void equalReportsAreEqualFiles() throws IOException {
    Path svg = svg("twice");
    report(svg).write(folder.resolve("twice"));
    String first = Files.readString(folder.resolve("twice/report.html"));
    report(svg).write(folder.resolve("twice"));

    assertEquals(first, Files.readString(folder.resolve("twice/report.html")));
  }

  @Test
  void aDrawingThatIsGoneIsNamed() {
    PaperReport report = report(folder.resolve("gone/a.svg"));

    String told = assertThrows(InputException.class, () -> report.write(folder)).getMessage();

    assertTrue(told.contains("a.svg") && told.contains("cannot be read"), told);
  }
}
