package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.InspectionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. Skipped, with a word, where there is none. */
class BrowserTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "400, false", "400, true"})
  void axeFindsNoSeriousFault(int width, boolean dark) throws Exception {
    // The page's own policy would forbid axe.
    Document page = Jsoup.parse(HtmlReport.format(faulty()));
    page.outputSettings().prettyPrint(false);
    page.select("meta[http-equiv]").remove();
    page.body().appendElement("script").appendChild(new DataNode(Resource.text("/axe.min.js")));
    page.body()
        .appendElement("script")
        .appendChild(
            new DataNode(
                """
                document.querySelectorAll("details").forEach((it) => { it.open = true; });
                axe.run({ resultTypes: ["violations", "passes"] }).then((found) => {
                  const told = document.createElement("pre");
                  told.id = "axe";
                  told.textContent = JSON.stringify({
                    width: innerWidth,
                    overflow: document.documentElement.scrollWidth > innerWidth,
                    charts: [...document.querySelectorAll(".canvas")].map((it) => it.dataset.chart),
                    passes: found.passes.map((rule) => rule.id),
                    dark: matchMedia("(prefers-color-scheme: dark)").matches,
                    violations: found.violations.map((rule) => ({
                      id: rule.id, impact: rule.impact, nodes: rule.nodes.map((it) => it.html),
                    })),
                  });
                  parent.document.body.append(told);
                });
                """));
    Document seen = open(framed(page.outerHtml(), width), 1280, dark);
    JsonNode found = new JsonMapper().readTree(seen.getElementById("axe").wholeText());
    assertEquals(dark, found.path("dark").asBoolean());
    assertEquals(width, found.path("width").asInt());
    assertFalse(found.path("overflow").asBoolean(), "the page must not scroll sideways");
    assertTrue(found.path("charts").toString().contains("features"), "the plot of features");
    List<String> passes = new ArrayList<>();
    found.path("passes").forEach(rule -> passes.add(rule.asText()));
    assertTrue(passes.containsAll(List.of("color-contrast", "image-alt", "label")), "" + passes);
    for (JsonNode violation : found.path("violations")) {
      assertTrue(
          List.of("minor", "moderate").contains(violation.path("impact").asText()),
          violation.toPrettyString());
    }
  }

  /** The window itself is 500 wide at least, whatever is asked for. */
  private static String framed(String page, int width) {
    Document frame = Document.createShell("");
    frame.head().appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
    frame
        .body()
        .appendElement("iframe")
        .attr("srcdoc", page)
        .attr("width", Integer.toString(width))
        .attr("height", "1200")
        .attr("style", "border: 0");
    frame.prependChild(new DocumentType("html", "", ""));
    return frame.outerHtml();
  }

  @Test
  void underItsOwnPolicyThePageDrawsItsChartsAndServesItsGallery() throws Exception {
    Document seen = open(HtmlReport.format(faulty()), 1280, false);
    assertEquals(4, seen.select("[data-chart]:not([hidden]) canvas").size());
    for (String width : seen.select("canvas").eachAttr("width")) {
      assertNotEquals("0", width);
    }
    assertEquals("32 of 32 shown", seen.getElementById("shown").text());
    assertTrue(seen.select("#controls[hidden]").isEmpty());
  }

  @Test
  void aHostileNameDoesNotRun() throws Exception {
    String name =
        "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>";
    Inspection image = ReportFixture.result(name, name, Label.NORMAL, 0.1f);
    Document seen = open(HtmlReport.format(ReportFixture.bare(List.of(image))), 1280, false);
    assertEquals("1 of 1 shown", seen.getElementById("shown").text());
    assertEquals("Washers", seen.title());
  }

  private static InspectionReport faulty() {
    InspectionReport usual = ReportFixture.usual();
    return ReportFixture.with(
        usual.images(), usual.imageThreshold(), List.of("good/9.png: is truncated; copy it again"));
  }

  private Document open(String html, int width, boolean dark)
      throws IOException, InterruptedException {
    Chromium chromium =
        Chromium.find()
            .orElseGet(
                () -> abort("no Chromium here; install Debian's package, or set anople.chromium"));
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return Jsoup.parse(chromium.dom(page, folder, width, dark));
  }
}
