package io.github.anople.inspect.report.html;

import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.inspect.page.Picture;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.Thumbnail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the good images of a test differ from those of the calibration.
 *
 * @param how how it was found, in a sentence
 * @param changes what has moved, in the order in which it began; at least one
 */
record DriftNotice(String how, List<Noticed> changes) {

  /** Places are in parts of a picture: fine enough for a small one. */
  private static final int UNITS = 1000;

  /**
   * Something that has moved.
   *
   * @param words what, as on the screen
   * @param began the picture with which it was noticed
   * @param ended the picture with which it was over; empty where it lasted
   * @param place that picture with a frame around the place, where there is one
   */
  record Noticed(String words, String began, Optional<String> ended, Optional<Picture> place) {}

  /** Empty where nothing has moved, or nothing can be told. */
  static Optional<DriftNotice> of(InspectionReport report, ShortNames names) {
    return report
        .drift()
        .filter(summary -> !summary.drifts().isEmpty())
        .map(summary -> of(summary, report, names));
  }

  private static DriftNotice of(DriftSummary summary, InspectionReport report, ShortNames names) {
    String how =
        ("%s of the calibration compared with the good ones of this test, in their order, the last"
                + " %d at a time. It changes no verdict; thresholds may no longer fit.")
            .formatted(Words.count(summary.calibrated(), "picture"), DriftTest.WINDOW);
    return new DriftNotice(
        how, summary.drifts().stream().map(drift -> noticed(drift, report, names)).toList());
  }

  private static Noticed noticed(Drift drift, InspectionReport report, ShortNames names) {
    return new Noticed(
        drift.change().words(),
        names.of(drift.began()),
        drift.ended().map(names::of),
        drift.change().place().flatMap(place -> seen(place, drift.began(), report)));
  }

  /** The dirt is in the picture with which it was noticed, too, or hardly gone. */
  private static Optional<Picture> seen(Change.Place place, String path, InspectionReport report) {
    return report.images().stream()
        .filter(image -> image.path().equals(path))
        .findFirst()
        .flatMap(image -> image.artifacts().thumbnails().image())
        .map(thumbnail -> framed(thumbnail, place));
  }

  private static Picture framed(Thumbnail thumbnail, Change.Place place) {
    String frame =
        String.format(
            Locale.ROOT,
            "M%d %dh%dv%dh%dz",
            units(place.x()),
            units(place.y()),
            units(place.width()),
            units(place.height()),
            -units(place.width()));
    return new Picture(
        Picture.held(thumbnail.format().mediaType(), thumbnail.bytes()),
        thumbnail.width(),
        thumbnail.height(),
        "Framed: " + place.words(),
        Optional.of(new Picture.Lines(UNITS, UNITS, frame)));
  }

  private static int units(double part) {
    return (int) Math.round(part * UNITS);
  }
}
