package io.github.anople.benchmark.drawing;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws on an {@link SvgFile}. Lengths are in its pixels, from its upper left corner; text may hold
 * any characters, and is shown as it is but for control characters.
 */
public final class SvgCanvas {

  private static final String GROUND = "#ffffff";

  private final XmlElements xml;

  SvgCanvas(XmlElements xml) {
    this.xml = xml;
  }

  void open(SvgFile file) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("xmlns", "http://www.w3.org/2000/svg");
    root.put("width", file.width());
    root.put("height", file.height());
    root.put(
        "viewBox",
        "0 0 " + XmlElements.plain(file.width()) + " " + XmlElements.plain(file.height()));
    root.put("font-family", "sans-serif");
    root.put("role", "img");
    // On screens narrower than the drawing it shrinks as a whole.
    root.put("style", "max-width:100%;height:auto");
    xml.start("svg", root);
    xml.text("title", Map.of(), file.title());
    xml.text("desc", Map.of(), file.description());
    rectangle(new Box(0, 0, file.width(), file.height()), GROUND);
  }

  void close() {
    xml.end();
    xml.flush();
  }

  /**
   * A line.
   *
   * @param from its beginning
   * @param to its end
   * @param stroke how it is drawn
   */
  public void line(Point from, Point to, Stroke stroke) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("x1", from.x());
    line.put("y1", from.y());
    line.put("x2", to.x());
    line.put("y2", to.y());
    line.putAll(stroked(stroke));
    xml.empty("line", line);
  }

  /**
   * A line through several points.
   *
   * @param points in order
   * @param stroke how it is drawn
   */
  public void polyline(List<Point> points, Stroke stroke) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(
        "points",
        points.stream()
            .map(point -> XmlElements.plain(point.x()) + "," + XmlElements.plain(point.y()))
            .collect(Collectors.joining(" ")));
    line.put("fill", "none");
    line.putAll(stroked(stroke));
    xml.empty("polyline", line);
  }

  /**
   * A filled rectangle.
   *
   * @param box where
   * @param fill its colour, as CSS writes it
   */
  public void rectangle(Box box, String fill) {
    Map<String, Object> rectangle = placed(box);
    rectangle.put("fill", fill);
    xml.empty("rect", rectangle);
  }

  /**
   * A rectangle's edge.
   *
   * @param box where
   * @param stroke how it is drawn
   */
  public void frame(Box box, Stroke stroke) {
    Map<String, Object> rectangle = placed(box);
    rectangle.put("fill", "none");
    rectangle.putAll(stroked(stroke));
    xml.empty("rect", rectangle);
  }

  /**
   * A filled circle.
   *
   * @param centre its centre
   * @param radius in pixels
   * @param fill its colour, as CSS writes it
   */
  public void circle(Point centre, double radius, String fill) {
    Map<String, Object> circle = new LinkedHashMap<>();
    circle.put("cx", centre.x());
    circle.put("cy", centre.y());
    circle.put("r", radius);
    circle.put("fill", fill);
    xml.empty("circle", circle);
  }

  /**
   * A line of text.
   *
   * @param at the point on its base line where its anchor stands
   * @param text any characters
   * @param style how it is set
   */
  public void text(Point at, String text, TextStyle style) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("x", at.x());
    attributes.put("y", at.y());
    attributes.put("font-size", style.size());
    attributes.put("text-anchor", style.anchor().id());
    attributes.put("fill", style.colour());
    if (style.bold()) {
      attributes.put("font-weight", "bold");
    }
    if (style.rotation() != 0) {
      attributes.put(
          "transform",
          "rotate(%s %s %s)"
              .formatted(
                  XmlElements.plain(style.rotation()),
                  XmlElements.plain(at.x()),
                  XmlElements.plain(at.y())));
    }
    xml.text("text", attributes, text);
  }

  /**
   * A picture, which becomes part of the file.
   *
   * @param box where; the picture keeps its proportions in the middle of it
   * @param png the bytes of a PNG file
   * @param words what it shows, for those who cannot see it
   */
  public void picture(Box box, byte[] png, String words) {
    Map<String, Object> image = placed(box);
    image.put("href", "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    xml.start("image", image);
    xml.text("title", Map.of(), words);
    xml.end();
  }

  private static Map<String, Object> placed(Box box) {
    Map<String, Object> placed = new LinkedHashMap<>();
    placed.put("x", box.x());
    placed.put("y", box.y());
    placed.put("width", box.width());
    placed.put("height", box.height());
    return placed;
  }

  private static Map<String, Object> stroked(Stroke stroke) {
    Map<String, Object> stroked = new LinkedHashMap<>();
    stroked.put("stroke", stroke.colour());
    stroked.put("stroke-width", stroke.width());
    if (!stroke.dashes().isEmpty()) {
      stroked.put(
          "stroke-dasharray",
          stroke.dashes().stream().map(XmlElements::plain).collect(Collectors.joining(" ")));
    }
    return stroked;
  }
}
