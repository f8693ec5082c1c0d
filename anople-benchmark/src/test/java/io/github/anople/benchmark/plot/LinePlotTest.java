package io.github.anople.benchmark.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Lines over the values of a setting. */
class LinePlotTest {

  private static Optional<LineChart.Value> value(double mean, double deviation) {
    return Optional.of(new LineChart.Value(mean, OptionalDouble.of(deviation)));
  }

  private static LineChart chart() {
    return new LineChart(
        "AUROC by <depth> & more",
        "prompt depth",
        List.of("1", "3", "9", "12"),
        List.of(
            new LineChart.Panel(
                "image AUROC in %",
                List.of(
                    new LineChart.Line(
                        "mvtec", List.of(value(80, 2), value(88, 1), value(91, 0.5), value(90, 3))),
                    new LineChart.Line(
                        "vi\"sa_1",
                        List.of(value(70, 1), Optional.empty(), value(81, 2), value(80, 1)))))));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  @Test
  void pointsStandWhereTheirValuesAre() throws Exception {
    NodeList lines = parsed(LinePlotSvg.of(chart())).getElementsByTagName("polyline");

    assertEquals(2, lines.getLength());
    String[] points = ((Element) lines.item(0)).getAttribute("points").split(" ", -1);
    double[] x = new double[4];
    double[] y = new double[4];
    for (int i = 0; i < 4; i++) {
      String[] both = points[i].split(",", -1);
      x[i] = Double.parseDouble(both[0]);
      y[i] = Double.parseDouble(both[1]);
    }
    // Numbers stand at their places: 1, 3, 9, 12.
    assertEquals(2.0 / 11, (x[1] - x[0]) / (x[3] - x[0]), 1e-3);
    assertEquals(8.0 / 11, (x[2] - x[0]) / (x[3] - x[0]), 1e-3);
    // Higher is better, and in proportion.
    assertEquals(8.0 / 11, (y[0] - y[1]) / (y[0] - y[2]), 1e-3);
    assertEquals(
        3, ((Element) lines.item(1)).getAttribute("points").split(" ", -1).length, "a gap");
  }

  /** Seven points with a whisker and two caps each, ticks, and the lines behind them. */
  @Test
  void everyDeviationHasABar() throws Exception {
    NodeList all = parsed(LinePlotSvg.of(chart())).getElementsByTagName("line");
    int upright = 0;
    for (int i = 0; i < all.getLength(); i++) {
      Element line = (Element) all.item(i);
      boolean bar =
          number(line, "x1") == number(line, "x2") && number(line, "y1") < number(line, "y2");
      upright += bar && !line.getAttribute("stroke").equals("#333333") ? 1 : 0;
    }
    assertEquals(7, upright);
  }

  @Test
  void equalChartsAreEqualFilesAndSayWhatTheyShow() throws Exception {
    String svg = LinePlotSvg.of(chart());

    assertEquals(svg, LinePlotSvg.of(chart()));
    Document document = parsed(svg);
    assertEquals(
        "AUROC by <depth> & more", document.getElementsByTagName("title").item(0).getTextContent());
    String told = document.getElementsByTagName("desc").item(0).getTextContent();
    assertTrue(told.contains("mvtec: 1: 80.0, 3: 88.0, 9: 91.0, 12: 90.0"), told);
    assertTrue(told.contains("vi\"sa_1: 1: 70.0, 9: 81.0"), told);
  }

  @Test
  void latexHasTheSameNumbers() {
    String tex = LinePlotTex.of(chart());

    assertTrue(tex.contains("(9, 91.00) +- (0, 0.50)"), tex);
    assertTrue(tex.contains("xtick={1,3,9,12}, xticklabels={{1},{3},{9},{12}}"), tex);
    assertTrue(tex.contains("\\addlegendentry{vi\"sa\\_1}"), tex);
    assertTrue(tex.contains("\\& more"), tex);
    assertEquals(tex.split("\\{", -1).length, tex.split("}", -1).length, "braces");
  }

  @Test
  void wordsStandOneAfterAnother() {
    LineChart words = new LineChart("t", "x", List.of("name", "object", "thing"), List.of());

    assertArrayEquals(new double[] {0, 1, 2}, words.places());
    assertEquals(0.5, words.place(1));
    LineChart falling = new LineChart("t", "x", List.of("3", "2"), List.of());
    assertArrayEquals(new double[] {0, 1}, falling.places(), "the order that was given");
    assertEquals(0.5, new LineChart("t", "x", List.of("3"), List.of()).place(0));
  }

  @Test
  void nothingMeasuredIsAnEmptyFrame() throws Exception {
    LineChart empty =
        new LineChart(
            "t",
            "x",
            List.of("1", "2"),
            List.of(
                new LineChart.Panel(
                    "y",
                    List.of(
                        new LineChart.Line("a", List.of(Optional.empty(), Optional.empty()))))));

    Element line = (Element) parsed(LinePlotSvg.of(empty)).getElementsByTagName("polyline").item(0);
    assertTrue(line == null || line.getAttribute("points").isEmpty());
    assertTrue(LinePlotTex.of(empty).contains("coordinates {"));
  }

  @Test
  void ticksSpanTheirValuesAndAreRound() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double first = 100 * random.nextDouble();
      double second = random.nextInt(4) == 0 ? first : first + 30 * random.nextGaussian();

      Span span = Span.of(first, second);

      String where = "seed " + seed + ": " + span;
      assertTrue(span.low() <= Math.min(first, second) + 1e-9, where);
      assertTrue(span.high() >= Math.max(first, second) - 1e-9, where);
      assertTrue(span.ticks().size() >= 2 && span.ticks().size() <= 9, where);
      double digit = span.step() / Math.pow(10, Math.floor(Math.log10(span.step()) + 1e-9));
      assertTrue(
          List.of(1.0, 2.0, 5.0).stream().anyMatch(one -> Math.abs(one - digit) < 1e-6), where);
      for (double tick : span.ticks()) {
        double shown = Math.pow(10, span.digits()) * tick;
        assertEquals(Math.rint(shown), shown, 1e-6, where);
      }
    }
  }
}
