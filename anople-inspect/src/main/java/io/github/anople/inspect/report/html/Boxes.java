package io.github.anople.inspect.report.html;

import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.page.Picture;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.HeatMap;
import io.github.anople.inspect.report.Inspection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An image's defects as its card shows them: lines over its pictures, and a clause. */
final class Boxes {

  private static final String ABOVE = " above the pixel threshold";

  private Boxes() {}

  /** The boxes of the worst defects; empty where there is none. */
  static Optional<Picture.Lines> lines(Inspection image) {
    return image
        .defects()
        .filter(found -> found.count() > 0)
        .map(found -> new Picture.Lines(found.width(), found.height(), path(found)));
  }

  private static String path(Defects found) {
    return found.worst().stream()
        .limit(HeatMap.MOST_BOXES)
        .map(Defect::box)
        .map(
            box ->
                "M%d %dh%dv%dh%dz"
                    .formatted(box.x(), box.y(), box.width(), box.height(), -box.width()))
        .collect(Collectors.joining());
  }

  /**
   * How many there are and how large the largest is. The verdict is the score's alone: where it
   * does not go with the map, the clause says so.
   */
  static Optional<String> words(Inspection image) {
    return image.defects().flatMap(found -> words(found, image.verdict()));
  }

  private static Optional<String> words(Defects found, Optional<Verdict> verdict) {
    if (found.count() > 0) {
      String largest =
          (found.count() == 1 ? " of " : ", the largest ") + area(found.largestPercent());
      return Optional.of(
          verdict.filter(Verdict::rejected).isPresent()
              ? Words.count(found.count(), "defect") + largest
              : Words.count(found.count(), "place") + ABOVE + largest);
    }
    if (verdict.isEmpty() || verdict.get().ok()) {
      return Optional.empty();
    }
    return Optional.of(
        found.nowhere() ? "no place" + ABOVE : "no place" + ABOVE + " is large enough");
  }

  /** Of a picture much less than a percent may be a defect: two digits that count. */
  private static String area(double percent) {
    if (percent < 0.01) {
      return "< 0.01 %";
    }
    return String.format(Locale.ROOT, percent < 10 ? "%.2f %%" : "%.1f %%", percent);
  }
}
