package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.page.Chip;
import io.github.anople.inspect.page.ImageCard;
import io.github.anople.inspect.page.ImageCard.Captioned;
import io.github.anople.inspect.page.Picture;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.InspectionReport.PartSummary;
import io.github.anople.inspect.report.Thumbnail;
import io.github.anople.inspect.report.ThumbnailMaker;
import io.github.anople.inspect.report.Thumbnails;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The images, the worst misses first. A page of thousands would be slow to open: it shows the worst
 * and a sample of the others, and says so.
 *
 * @param order in which order they stand, and how many of them
 * @param folder the folder that all of them lie in; empty where there is none
 * @param scale what the heat maps' colours mean
 * @param ignores whether a part of the images is hatched, since the detector does not look there
 * @param defectTypes the types of defects among those shown
 * @param uncertain whether an image may be uncertain
 * @param parts whether images show views of parts
 * @param cards those shown; none where no image was tested
 * @param boxed whether some of them show boxes
 */
record Gallery(
    String order,
    String folder,
    Scale scale,
    boolean ignores,
    List<String> defectTypes,
    boolean uncertain,
    boolean parts,
    List<ImageCard> cards,
    boolean boxed) {

  private static final int WORST = 150;
  private static final int OTHERS = 50;

  /**
   * What the heat maps' colours mean.
   *
   * @param low the score of the first colour
   * @param colours all colours, in order
   * @param high the score of the last
   */
  record Scale(String low, Picture colours, String high) {

    static Scale of(ColourScale scale) {
      Thumbnail strip = new ThumbnailMaker(scale, OptionalDouble.empty()).legend();
      return new Scale(
          Words.score(scale.low()),
          picture(strip, "colours from pale yellow to crimson", Optional.empty()),
          Words.score(scale.high()));
    }
  }

  static Gallery of(InspectionReport report, List<Judged> worstFirst, ShortNames names) {
    List<Judged> shown = shown(worstFirst);
    return new Gallery(
        told(report, worstFirst, shown.size()),
        names.folder(),
        Scale.of(report.scale()),
        report.ignores(),
        shown.stream()
            .map(image -> image.image().sample().defectType())
            .distinct()
            .sorted()
            .toList(),
        report.imageThreshold().uncertain().isPresent(),
        report.parts().isPresent(),
        IntStream.range(0, shown.size())
            .mapToObj(rank -> card(shown.get(rank), rank, names, report.parts()))
            .toList(),
        shown.stream().anyMatch(image -> Boxes.lines(image.image()).isPresent()));
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
                + doubted(all)
            : "There is no threshold: first come the images whose score is out of order with the"
                + " most images of the other kind.";
    if (shown == all.size()) {
      return order;
    }
    return order
        + " Shown are %d of %s: the %d worst and a sample of the others. All are in scores.csv."
            .formatted(shown, Words.count(all.size(), "image"), WORST);
  }

  private static String doubted(List<Judged> all) {
    long uncertain = all.stream().filter(image -> image.outcome() == Outcome.UNCERTAIN).count();
    return uncertain == 0
        ? ""
        : " "
            + Words.count(uncertain, "image")
            + (uncertain == 1 ? " is" : " are")
            + " uncertain: somebody should look.";
  }

  private static ImageCard card(
      Judged judged, int rank, ShortNames names, Optional<PartSummary> parts) {
    Inspection inspection = judged.image();
    String defectType = inspection.sample().defectType();
    List<ImageCard.Fact> facts = new ArrayList<>();
    // Else "good" and "NOT OK" would stand side by side, and nothing would say whose word is which.
    String known = judged.label() == Label.UNKNOWN ? "" : "known as";
    facts.add(new ImageCard.Fact(known, defectType));
    // A narrow page must not break after "NOT".
    inspection
        .verdict()
        .map(verdict -> verdict.text().replace("NOT ", "NOT\u00A0"))
        .ifPresent(verdict -> facts.add(new ImageCard.Fact("judged", verdict)));
    inspection.part().ifPresent(part -> facts.add(new ImageCard.Fact("part", part(part, parts))));
    Boxes.words(inspection).ifPresent(words -> facts.add(new ImageCard.Fact("", words)));
    inspection.remarks().forEach(remark -> facts.add(new ImageCard.Fact("the file", remark)));
    return new ImageCard(
        names.of(inspection.path()),
        new Chip(judged.outcome().title(), judged.outcome().isMiss()),
        Words.score(inspection.score()),
        facts,
        pictures(judged),
        new ImageCard.Keys(
            rank,
            inspection.score(),
            defectType,
            judged.label().name().toLowerCase(Locale.ROOT),
            judged.outcome().isMiss(),
            judged.outcome() == Outcome.UNCERTAIN,
            inspection.part().orElse(null)));
  }

  /** A part's name without its folders, and what it was called. */
  private static String part(String part, Optional<PartSummary> parts) {
    String name = part.substring(part.lastIndexOf('/') + 1);
    return parts
        .map(known -> known.kinds().get(part))
        .map(kind -> name + ": " + kind.replace("NOT ", "NOT\u00A0"))
        .orElse(name);
  }

  private static List<Captioned> pictures(Judged judged) {
    Thumbnails thumbnails = judged.image().artifacts().thumbnails();
    String without = judged.label() == Label.NORMAL ? "no defect" : "no mask";
    Optional<Picture.Lines> boxes = Boxes.lines(judged.image());
    Optional<Picture.Lines> none = Optional.empty();
    return List.of(
        captioned("Image", thumbnails.image(), boxes, "not kept"),
        captioned("Ground truth", thumbnails.groundTruth(), none, without),
        captioned("Heat map", thumbnails.heatMap(), boxes, "not kept"),
        captioned("Above threshold", thumbnails.binaryMap(), none, "no threshold"));
  }

  private static Captioned captioned(
      String caption,
      Optional<Thumbnail> thumbnail,
      Optional<Picture.Lines> lines,
      String without) {
    // The caption says what it is, the heading above of which image.
    return new Captioned(caption, thumbnail.map(there -> picture(there, "", lines)), without);
  }

  private static Picture picture(Thumbnail thumbnail, String alt, Optional<Picture.Lines> lines) {
    return new Picture(
        Picture.held(thumbnail.format().mediaType(), thumbnail.bytes()),
        thumbnail.width(),
        thumbnail.height(),
        alt,
        lines);
  }
}
