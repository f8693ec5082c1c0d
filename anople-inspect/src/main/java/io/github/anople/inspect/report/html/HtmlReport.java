package io.github.anople.inspect.report.html;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.Sha256;
import io.github.anople.inspect.report.InspectionReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/**
 * A report as one HTML file that needs nothing else: no network, no other file. Its policy for
 * content lets only its own two scripts and its own style run, by their SHA-256, so that a hostile
 * file name could not do harm even if it were not escaped. Without scripts the page lacks the
 * charts and the sorting of the gallery; their numbers stand in tables.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * Writes a report.
   *
   * @param report what it tells
   * @param file where to, usually {@code report.html}
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(InspectionReport report, Path file) {
    String page = format(report);
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A report's text.
   *
   * @param report what it tells
   * @return an HTML page, to be stored as UTF-8
   */
  public static String format(InspectionReport report) {
    String style = Resource.text("report.css");
    List<String> scripts = List.of(ChartLibrary.script(), Resource.text("report.js"));
    Document page = Document.createShell("");
    page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
    page.prependChild(new DocumentType("html", "", ""));
    page.getElementsByTag("html").attr("lang", "en");
    head(page, policy(style, scripts));
    page.title(Words.name(report.heading().title()));
    page.head().appendElement("style").appendChild(new DataNode(style));
    body(page.body(), report);
    for (String script : scripts) {
      page.body().appendElement("script").appendChild(new DataNode(script));
    }
    return page.outerHtml();
  }

  private static void head(Document page, String policy) {
    Element head = page.head();
    head.appendElement("meta").attr("charset", "utf-8");
    head.appendElement("meta")
        .attr("http-equiv", "Content-Security-Policy")
        .attr("content", policy);
    head.appendElement("meta")
        .attr("name", "viewport")
        .attr("content", "width=device-width, initial-scale=1");
    head.appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
    head.appendElement("meta").attr("name", "referrer").attr("content", "no-referrer");
  }

  private static String policy(String style, List<String> scripts) {
    StringBuilder policy = new StringBuilder("default-src 'none'; img-src data:; style-src ");
    policy.append(hash(style)).append("; script-src");
    for (String script : scripts) {
      policy.append(' ').append(hash(script));
    }
    return policy.append("; base-uri 'none'; form-action 'none'").toString();
  }

  private static String hash(String text) {
    byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  private static void body(Element body, InspectionReport report) {
    List<Judged> images = Judged.worstFirst(report);
    ShortNames names = ShortNames.of(report.images());
    Summary.header(body, report);
    Element main = body.appendElement("main");
    Background.faults(main, report.background().faults());
    Summary.numbers(main, report, images);
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    Charts.append(main, report, data);
    Gallery.append(main, report, images, names);
    Background.defects(main, report.defects());
    FeatureChart.append(main, report.features(), data, names);
    Background.append(main, report.background());
    // Data, not a program: it need not be named in the policy. No name in it may end the element.
    body.appendElement("script")
        .id("chart-data")
        .attr("type", "application/json")
        .appendChild(new DataNode(data.toString().replace("<", "\\u003c")));
  }
}
