package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Change.Kind;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.inspect.report.InspectionReport;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class DriftNoticeTest {

  private static final Change DARKER =
      new Change(Kind.LIGHT, -0.2, "the light has changed: 20 % darker", Optional.empty());
  private static final Change SPECK =
      new Change(
          Kind.DIRT,
          0.01,
          "a speck at the upper left",
          Optional.of(new Change.Place(0.125, 0.25, 0.0625, 0.125)));

  @Test
  void whatHasMovedStandsBeforeAllNumbersWithThePicturesBetweenWhichItDid() {
    Document page =
        page(
            new Drift(DARKER, "good/004.png"),
            new Drift(SPECK, "good/009.png", Optional.of("good/014.png")));
    assertEquals("drift", page.select("main > section").first().id());
    List<String> told = page.select("#drift li").eachText();
    assertEquals("the light has changed: 20 % darker from good/004.png to the end", told.get(0));
    assertEquals("a speck at the upper left from good/009.png to good/014.png", told.get(1));
    assertTrue(page.select("#drift .note").text().startsWith("120 pictures of the calibration"));
  }

  @Test
  void aSpeckIsFramedOnThePictureThatShowsIt() {
    Document page = page(new Drift(DARKER, "good/004.png"), new Drift(SPECK, "good/009.png"));
    Element light = page.select("#drift li").get(0);
    Element speck = page.select("#drift li").get(1);
    assertEquals(0, light.select("img").size());
    assertEquals(1, speck.select("img[alt='Framed: upper left']").size());
    assertEquals("0 0 1000 1000", speck.select("svg").attr("viewBox"));
    assertEquals("M125 250h63v125h-63z", speck.select("path").first().attr("d"));
  }

  @Test
  void aSpeckOfAPictureThatIsNotHereIsToldAllTheSame() {
    Document page = page(new Drift(SPECK, "<b>gone</b>.png"));
    assertEquals(0, page.select("#drift img, #drift b").size());
    assertTrue(page.select("#drift li").text().contains("from <b>gone</b>.png to the end"));
  }

  @Test
  void withoutDriftThereIsNothing() {
    assertEquals(0, page().select("#drift").size());
    assertEquals(0, Jsoup.parse(HtmlReport.format(ReportFixture.usual())).select("#drift").size());
  }

  private static Document page(Drift... drifts) {
    DriftSummary summary = new DriftSummary(120, 18, 3, false, List.of(drifts));
    InspectionReport usual = ReportFixture.usual();
    return Jsoup.parse(
        HtmlReport.format(
            new InspectionReport(
                usual.heading(),
                usual.numbers(),
                usual.imageThreshold(),
                usual.pixelThreshold(),
                usual.scale(),
                usual.images(),
                usual.defects(),
                usual.features(),
                usual.background(),
                false,
                Optional.empty(),
                Optional.of(summary))));
  }
}
