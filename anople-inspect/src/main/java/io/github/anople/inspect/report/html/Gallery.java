package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.ImageResult;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.Thumbnail;
import io.github.anople.inspect.report.ThumbnailMaker;
import io.github.anople.inspect.report.Thumbnails;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jsoup.nodes.Element;

/**
 * The images, the worst misses first. A page of thousands would be slow to open: it shows the worst
 * and a sample of the others, and says so.
 */
final class Gallery {

  private static final int WORST = 150;
  private static final int OTHERS = 50;

  private Gallery() {}

  static void append(
      Element parent, InspectionReport report, List<Judged> worstFirst, ShortNames names) {
    Element section = Dom.section(parent, "gallery", "Gallery");
    if (worstFirst.isEmpty()) {
      Dom.paragraph(section, "note", "No image was tested.");
      return;
    }
    List<Judged> shown = shown(worstFirst);
    Dom.paragraph(section, "note", told(report, worstFirst, shown.size()));
    if (!names.folder().isEmpty()) {
      Dom.name(Dom.paragraph(section, "note", "All below "), names.folder());
    }
    legend(section, report.scale());
    controls(section, shown);
    Element list = section.appendElement("ol").id("cards").addClass("cards");
    for (int rank = 0; rank < shown.size(); rank++) {
      card(list, shown.get(rank), rank, names);
    }
  }

  static List<Judged> shown(List<Judged> worstFirst) {
    if (worstFirst.size() <= WORST + OTHERS) {
      return worstFirst;
    }
    List<Judged> shown = new ArrayList<>(worstFirst.subList(0, WORST));
    shown.addAll(Thinned.to(OTHERS, worstFirst.subList(WORST, worstFirst.size())));
    return shown;
  }

  private static String told(InspectionReport report, List<Judged> all, int shown) {
    long misses = all.stream().filter(image -> image.outcome().isMiss()).count();
    String order =
        report.imageThreshold().value().isPresent()
            ? Words.count(misses, "wrong decision")
                + (misses == 0 ? "." : ", the furthest from the threshold first.")
            : "There is no threshold: first come the images whose score is out of order with the"
                + " most images of the other kind.";
    if (shown == all.size()) {
      return order;
    }
    return order
        + " Shown are %d of %s: the %d worst and a sample of the others. All are in scores.csv."
            .formatted(shown, Words.count(all.size(), "image"), WORST);
  }

  private static void legend(Element parent, ColourScale scale) {
    Element legend = parent.appendElement("p").addClass("legend");
    legend.appendText("Heat maps: ");
    legend.appendElement("span").text(Words.score(scale.low()));
    Thumbnail strip = new ThumbnailMaker(scale, OptionalDouble.empty()).legend();
    image(legend, strip, "colours from pale yellow to crimson");
    legend.appendElement("span").text(Words.score(scale.high()));
    legend.appendText(" – one scale for all images.");
  }

  private static void controls(Element parent, List<Judged> shown) {
    // Hidden until the script that serves them runs.
    Element controls =
        parent.appendElement("div").id("controls").addClass("controls").attr("hidden", "");
    Element sort = select(controls, "sort", "Sort by");
    option(sort, "rank", "Worst misses");
    option(sort, "score-down", "Score, highest first");
    option(sort, "score-up", "Score, lowest first");
    option(sort, "name", "Name");
    option(sort, "defect", "Defect");
    Element show = select(controls, "show", "Show");
    option(show, "", "All");
    option(show, "miss", "Wrong only");
    option(show, "normal", "Good");
    option(show, "anomalous", "Defective");
    Element defect = select(controls, "defect", "Defect");
    option(defect, "", "All");
    shown.stream()
        .map(image -> image.image().result().defectType())
        .distinct()
        .sorted()
        .forEach(type -> option(defect, type, Words.name(type)));
    Element label = controls.appendElement("label").text("Name contains");
    label.appendElement("input").id("search").attr("type", "search").attr("autocomplete", "off");
    controls.appendElement("p").id("shown").addClass("note").attr("role", "status");
  }

  private static Element select(Element parent, String id, String title) {
    return parent.appendElement("label").text(title).appendElement("select").id(id);
  }

  private static void option(Element select, String value, String title) {
    select.appendElement("option").attr("value", value).text(title);
  }

  private static void card(Element list, Judged judged, int rank, ShortNames names) {
    ImageResult result = judged.image().result();
    Element card =
        list.appendElement("li")
            .addClass("card")
            .attr("data-rank", Integer.toString(rank))
            .attr("data-score", Float.toString(result.score()))
            .attr("data-name", names.of(result.path()))
            .attr("data-defect", result.defectType())
            .attr("data-label", result.label().name().toLowerCase(Locale.ROOT))
            .attr("data-miss", Boolean.toString(judged.outcome().isMiss()));
    Element head = card.appendElement("div").addClass("head");
    Dom.name(head.appendElement("h3"), names.of(result.path()));
    head.appendElement("span")
        .addClass("badge " + judged.outcome().id() + (judged.outcome().isMiss() ? " miss" : ""))
        .text(judged.outcome().title());
    Element facts = card.appendElement("p").addClass("facts");
    facts.appendText("Score ");
    facts.appendElement("strong").text(Words.score(result.score()));
    Dom.name(facts.appendText(" · "), result.defectType());
    result.verdict().ifPresent(verdict -> Dom.name(facts.appendText(" · "), verdict.text()));
    thumbnails(card.appendElement("div").addClass("thumbs"), judged);
  }

  private static void thumbnails(Element parent, Judged judged) {
    Thumbnails thumbnails = judged.image().thumbnails();
    figure(parent, "Image", thumbnails.image(), "not kept");
    String without = judged.label() == Label.NORMAL ? "no defect" : "no mask";
    figure(parent, "Ground truth", thumbnails.groundTruth(), without);
    figure(parent, "Heat map", thumbnails.heatMap(), "not kept");
    figure(parent, "Above threshold", thumbnails.binaryMap(), "no threshold");
  }

  private static void figure(
      Element parent, String title, Optional<Thumbnail> thumbnail, String without) {
    Element figure = parent.appendElement("figure");
    thumbnail.ifPresentOrElse(
        // The caption says what it is, the heading above of which image.
        there -> image(figure, there, ""),
        () -> figure.appendElement("div").addClass("missing").text(without));
    figure.appendElement("figcaption").text(title);
  }

  private static void image(Element parent, Thumbnail thumbnail, String alt) {
    String data = Base64.getEncoder().encodeToString(thumbnail.bytes());
    parent
        .appendElement("img")
        .attr("src", "data:" + thumbnail.format().mediaType() + ";base64," + data)
        .attr("width", Integer.toString(thumbnail.width()))
        .attr("height", Integer.toString(thumbnail.height()))
        .attr("alt", alt)
        .attr("loading", "lazy")
        .attr("decoding", "async");
  }
}
