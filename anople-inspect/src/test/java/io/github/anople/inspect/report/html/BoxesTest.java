package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.MinArea;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class BoxesTest {

  private static final float OK = (float) ReportFixture.THRESHOLD / 2;
  private static final float NOT_OK = (float) ReportFixture.THRESHOLD * 2;

  /** A map of 10 x 10 with a place of 3 pixels and one of 1, over a picture of 40 x 20. */
  private static Inspection image(float score, float threshold, String smallest) {
    float[] values = new float[100];
    values[11] = 0.5f;
    values[12] = 0.6f;
    values[21] = 0.5f;
    values[88] = 0.4f;
    DefectRule rule = DefectRule.manual(threshold).with(MinArea.of(smallest));
    return ReportFixture.result("a.png", "scratch", Label.ANOMALOUS, score)
        .withDefects(Optional.of(rule.find(ScoreMap.of(10, values), 40, 20)));
  }

  @Test
  void aCardSaysHowManyDefectsThereAreAndHowLargeTheLargestIs() {
    assertEquals(
        Optional.of("2 defects, the largest 3.00 %"), Boxes.words(image(NOT_OK, 0.1f, "0")));
    assertEquals(Optional.of("1 defect of 3.00 %"), Boxes.words(image(NOT_OK, 0.1f, "1.5%")));
  }

  @Test
  void aCardOfAPictureWhoseMapDoesNotGoWithItsVerdictSaysSo() {
    assertEquals(
        Optional.of("2 places above the pixel threshold, the largest 3.00 %"),
        Boxes.words(image(OK, 0.1f, "0")));
    assertEquals(
        Optional.of("no place above the pixel threshold"), Boxes.words(image(NOT_OK, 0.9f, "0")));
    assertEquals(
        Optional.of("no place above the pixel threshold is large enough"),
        Boxes.words(image(NOT_OK, 0.1f, "50%")));
    assertEquals(Optional.empty(), Boxes.words(image(OK, 0.9f, "0")));
    assertEquals(Optional.empty(), Boxes.words(image(OK, 0.1f, "50%")));
    assertEquals(
        Optional.empty(),
        Boxes.words(ReportFixture.result("a.png", "scratch", Label.ANOMALOUS, NOT_OK)));
  }

  @Test
  void boxesLieOverThePictureAndItsHeatMapInThePicturesOwnPixels() {
    assertEquals(
        "M4 2h8v4h-8zM32 16h4v2h-4z", Boxes.lines(image(OK, 0.1f, "0")).orElseThrow().path());
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.usual()));
    Element card = page.select(".card:has(.lined)").first();
    assertEquals(
        List.of("Image", "Heat map"), card.select("figure:has(.lined) figcaption").eachText());
    for (Element svg : page.select(".lined svg")) {
      assertEquals("0 0 160 160", svg.attr("viewBox"));
      assertEquals("true", svg.attr("aria-hidden"));
      assertEquals(2, svg.select("path").size());
    }
    assertEquals(1, page.select("#boxes").size(), "they can be taken away");
    assertTrue(page.select("#gallery").text().contains("above the pixel threshold"));
  }

  @Test
  void aReportWithoutBoxesSpeaksOfNone() {
    Inspection image = ReportFixture.result("a.png", "good", Label.NORMAL, OK);
    Document page = Jsoup.parse(HtmlReport.format(ReportFixture.bare(List.of(image))));
    assertEquals(0, page.select(".lined, #boxes").size());
    assertFalse(page.body().text().contains("Boxes"), page.body().text());
  }

  @Test
  void aNoisyMapHasABoundedNumberOfBoxes() {
    float[] values = new float[101 * 101];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 101 % 2 == 0 && i % 101 % 2 == 0 ? 0.5f : 0;
    }
    Inspection image =
        ReportFixture.result("a.png", "noise", Label.ANOMALOUS, NOT_OK)
            .withDefects(
                Optional.of(DefectRule.manual(0.1f).find(ScoreMap.of(101, values), 101, 101)));
    assertEquals(20, Boxes.lines(image).orElseThrow().path().split("z").length);
    assertEquals(
        Optional.of("2,601 defects, the largest < 0.01 %"), Boxes.words(image), "all are counted");
  }
}
