package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.image.PictureNote;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.ReportThreshold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  private static final String HOSTILE =
      "</script></style><script>alert(1)</script><img src=x onerror='alert(1)'>\"'&amp;<!--\u0000\u202E";

  @TempDir Path folder;

  @Test
  void theVerdictAndTheKeyNumbersComeFirst() {
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.usual()));
    assertTrue(page.body().child(0).text().contains("29 of 32 images are judged right"));
    assertEquals(
        List.of("numbers", "scores", "gallery", "defects", "features", "background"),
        page.select("main > section").eachAttr("id"));
    assertTrue(page.select("#numbers dl").first().text().startsWith("AUROC 96.4 %"));
  }

  @Test
  void thePageIsWellFormed() {
    Parser parser = Parser.htmlParser().setTrackErrors(100);
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.usual()), "", parser);
    assertEquals(List.of(), parser.getErrors());
    assertUnique(page.select("[id]").eachAttr("id"));
    for (String id : page.select("[aria-labelledby]").eachAttr("aria-labelledby")) {
      assertTrue(page.getElementById(id) != null, id);
    }
  }

  @Test
  void nothingIsFetchedAndOnlyItsOwnScriptsMayRun() throws Exception {
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.usual()));
    String policy = page.select("meta[http-equiv=Content-Security-Policy]").first().attr("content");
    assertTrue(policy.startsWith("default-src 'none'; img-src data:; "), policy);
    assertFalse(policy.contains("unsafe"), policy);
    for (Element element : page.select("script:not([type]), style")) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(element.data().getBytes(StandardCharsets.UTF_8));
      assertTrue(policy.contains("sha256-" + Base64.getEncoder().encodeToString(digest)));
    }
    assertEquals(3, page.select("script").size());
    for (Element element : page.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        assertFalse(name.startsWith("on") || name.equals("style"), attribute.html());
        boolean address = name.equals("src") || name.equals("href");
        assertTrue(!address || attribute.getValue().startsWith("data:"), attribute.html());
      }
    }
  }

  @Test
  void whatThereIsToSayOfAFileStandsBesideItsPicture() {
    Inspection image =
        ReportFixture.result("two.tif", "good", Label.NORMAL, 0.1f)
            .withNotes(List.of(new PictureNote(PictureNote.Kind.FURTHER_PAGES, "has 2 pages")));
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.bare(List.of(image))));
    String facts = page.select("#gallery .facts").text();
    assertTrue(facts.endsWith("the file has 2 pages"), facts);
  }

  @Test
  void hostileTextStaysText() throws IOException {
    InspectionReport plain = everywhere("harmless");
    InspectionReport hostile = everywhere(HOSTILE);
    Document expected = Jsoup.parse(HtmlReport.format(plain));
    Document page = Jsoup.parse(HtmlReport.format(hostile));
    assertEquals(tags(expected), tags(page));
    String shown = HOSTILE.replace('\u0000', '\uFFFD');
    assertEquals(shown, page.title().replace('\u00A0', ' '));
    for (String place : List.of("h1 bdi", ".verdict bdi", ".kicker bdi", ".faults bdi")) {
      assertEquals(shown, page.select(place).first().wholeText(), place);
    }
    assertEquals(fileName(HOSTILE), page.select(".head bdi").first().wholeText());
    assertEquals(shown, data(page).at("/features/0/points/0/2").asText());
  }

  /** The text as far as a file can be named so. */
  private static String fileName(String text) {
    return text.replace("\u0000", "");
  }

  /** A report with the same text wherever text may stand. */
  private static InspectionReport everywhere(String text) {
    Inspection image = ReportFixture.result(fileName(text), text, Label.ANOMALOUS, 0.4f);
    InspectionReport usual = ReportFixture.usual();
    return new InspectionReport(
        new InspectionReport.Heading(text, text, usual.heading().made(), text, text),
        usual.numbers(),
        new ReportThreshold(OptionalDouble.of(0.2), ReportThreshold.Origin.MANUAL, text),
        ReportThreshold.none(text),
        usual.scale(),
        List.of(image),
        List.of(),
        Optional.of(
            new FeaturePlot(
                List.of(new FeaturePlot.Point(FeaturePlot.Kind.DEFECT, text, text, 0, 1)),
                OptionalDouble.empty())),
        new InspectionReport.Background(
            Map.of(text, text), Map.of(text, text), Map.of(text, text), List.of(text)));
  }

  private static List<String> tags(Document page) {
    return page.getAllElements().stream().map(Element::tagName).toList();
  }

  @Test
  void whatIsNotDefinedIsShownAsAbsent() {
    Inspection image = ReportFixture.result("a.png", "good", Label.NORMAL, 0.1f);
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.bare(List.of(image))));
    assertEquals(Collections.nCopies(11, "– not defined"), page.select("#numbers dd").eachText());
    assertFalse(page.body().text().contains("NaN"), page.body().text());
    assertEquals(
        List.of("not kept", "no defect", "not kept", "no threshold"),
        page.select(".missing").eachText());
    assertTrue(page.select("#scores .note").text().contains("only one kind"));
    assertEquals(List.of("histogram"), page.select("[data-chart]").eachAttr("data-chart"));
  }

  @Test
  void anEmptyTestHasAReportToo() {
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.bare(List.of())));
    assertTrue(page.select("#gallery").text().contains("No image was tested."));
    assertEquals(0, page.select("[data-chart]").size());
  }

  @Test
  void namesLackTheFolderThatAllImagesLieIn() {
    List<Inspection> images =
        List.of(good("/data/nut/test/good/1.png"), good("/data/nut/test/goods/1.png"));
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.bare(images)));
    assertEquals(List.of("good/1.png", "goods/1.png"), page.select(".head bdi").eachText());
    assertEquals(List.of("good/1.png", "goods/1.png"), page.select(".card").eachAttr("data-name"));
    assertTrue(page.select("#gallery").text().contains("All below /data/nut/test/ "));
  }

  @Test
  void imagesOfNoCommonFolderKeepTheirPaths() {
    List<Inspection> images =
        List.of("/a/1.png", "b/1.png", "1.png").stream().map(HtmlReportTest::good).toList();
    assertEquals("", ShortNames.of(images).folder());
    assertEquals("/", ShortNames.of(List.of(images.get(0), good("/b/1.png"))).folder());
    assertEquals("", ShortNames.of(List.of(images.get(0))).folder(), "a lone one");
  }

  private static Inspection good(String path) {
    return ReportFixture.result(path, "good", Label.NORMAL, 0.1f);
  }

  @Test
  void theChartsHaveTheirDataAndATable() throws IOException {
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.usual()));
    JsonNode data = data(page);
    assertEquals(1 / 18.0, data.at("/roc/at/0").asDouble(), 1e-12);
    assertEquals(12 / 14.0, data.at("/roc/at/1").asDouble(), 1e-12);
    assertEquals(12 / 13.0, data.at("/pr/at/1").asDouble(), 1e-12);
    assertEquals(ReportFixture.THRESHOLD, data.at("/histogram/threshold").asDouble());
    assertEquals(
        List.of("shots", "good", "scratch", "stain", "text: good (t+)", "text: anomalous (t−)"),
        data.path("features").findValuesAsText("title"));
    for (Element chart : page.select("[data-chart]")) {
      assertTrue(data.has(chart.attr("data-chart")), chart.attr("data-chart"));
      assertFalse(chart.parent().select("table td").isEmpty(), chart.attr("data-chart"));
    }
  }

  @Test
  void twoThresholdsAreTwoLinesThreeDecisionsAndAFilter() throws IOException {
    Document one = Jsoup.parse(HtmlReport.format(ReportFixture.usual()));
    assertTrue(data(one).at("/histogram/uncertain").isMissingNode());
    assertTrue(one.select("option[value=uncertain], [data-uncertain]").isEmpty());
    ReportThreshold two =
        new ReportThreshold(
            OptionalDouble.of(0.25),
            ReportThreshold.Origin.CALIBRATED,
            "",
            OptionalDouble.of(0.15));
    Document page =
        Jsoup.parse(
            HtmlReport.format(ReportFixture.with(ReportFixture.usual().images(), two, List.of())));
    assertEquals(0.15, data(page).at("/histogram/uncertain").asDouble());
    assertEquals(1, page.select("option[value=uncertain]").size());
    List<String> head = page.select("th:containsOwn(Called)").eachText();
    assertEquals(List.of("Called good", "Called uncertain", "Called defective"), head);
    int uncertain = page.select("[data-uncertain=true]").size();
    assertTrue(uncertain > 0);
    assertEquals(uncertain, page.select(".chip:containsOwn(Uncertain)").size());
    assertTrue(page.text().contains(uncertain + " images are uncertain: somebody should look."));
  }

  @Test
  void whenNothingIsAboveTheThresholdThereIsNoPrecisionToShow() throws IOException {
    ReportThreshold high =
        new ReportThreshold(OptionalDouble.of(0.99), ReportThreshold.Origin.MANUAL, "");
    InspectionReport report = ReportFixture.with(ReportFixture.usual().images(), high, List.of());
    JsonNode data = data(Jsoup.parse(HtmlReport.format(report)));
    assertTrue(data.at("/pr/at").isMissingNode());
    assertEquals(0, data.at("/roc/at/1").asDouble(1));
  }

  @Test
  void aTestOfManyImagesMakesABoundedPageThatSaysSo() throws IOException {
    List<Inspection> usual = ReportFixture.usual().images();
    List<Inspection> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Inspection like = usual.get(i % usual.size());
      many.add(
          ReportFixture.result(
                  "%05d.png".formatted(i),
                  like.sample().defectType(),
                  like.sample().label(),
                  like.score() + i * 1e-7f)
              .with(like.artifacts()));
    }
    List<String> faults = Collections.nCopies(5000, "x.png: is truncated; copy it again");
    String text =
        HtmlReport.format(ReportFixture.with(many, ReportFixture.usual().imageThreshold(), faults));
    assertTrue(text.length() < 6_000_000, text.length() + " characters");
    Document page = Jsoup.parse(text);
    assertEquals(200, page.select(".card").size());
    assertTrue(
        page.select("#gallery > .note").text().contains("200 of 20,000 images"),
        page.select("#gallery > .note").text());
    assertEquals(1000, data(page).at("/roc/points").size());
    assertTrue(page.select("#faults .note").text().contains("4,800 more"));
  }

  @Test
  void theFileIsUtf8AndAFolderThatIsNotThereIsNamed() throws IOException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(ReportFixture.usual(), file);
    assertEquals(HtmlReport.format(ReportFixture.usual()), Files.readString(file));
    Path nowhere = folder.resolve("none/report.html");
    String told =
        assertThrows(InputException.class, () -> HtmlReport.write(ReportFixture.usual(), nowhere))
            .getMessage();
    assertTrue(told.startsWith(nowhere.toString()), told);
  }

  private static JsonNode data(Document page) throws IOException {
    return new JsonMapper().readTree(page.getElementById("chart-data").data());
  }

  private static void assertUnique(List<String> ids) {
    assertEquals(ids.stream().distinct().toList(), ids);
  }
}
