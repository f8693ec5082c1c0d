package io.github.anople.inspect.report.html;

import io.github.anople.inspect.page.ChartFigure;
import io.github.anople.inspect.page.Pairs;
import io.github.anople.inspect.page.Table;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.DefectRow;
import io.github.anople.inspect.report.InspectionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A report as its page shows it.
 *
 * @param assets style and scripts
 * @param heading what was tested, and the verdict
 * @param faults what went wrong
 * @param numbers the key numbers
 * @param scores the charts of the scores
 * @param gallery the images
 * @param defects the numbers of each type of defect
 * @param features the plot of features
 * @param background how it came about
 * @param chartData what the script draws, as JSON
 */
record ReportPage(
    Assets assets,
    Heading heading,
    Faults faults,
    Numbers numbers,
    Charts scores,
    Gallery gallery,
    Optional<Table> defects,
    Optional<ChartFigure> features,
    List<Pairs> background,
    String chartData) {

  static ReportPage of(InspectionReport report) {
    List<Judged> images = Judged.worstFirst(report);
    ShortNames names = ShortNames.of(report.images());
    Charts charts = Charts.of(report);
    Optional<FeatureChart> features =
        report
            .features()
            .filter(plot -> !plot.points().isEmpty())
            .map(plot -> FeatureChart.of(plot, names));
    return new ReportPage(
        Assets.load(),
        Heading.of(report),
        Faults.of(report.background().faults()),
        Numbers.of(report, images),
        charts,
        Gallery.of(report, images, names),
        defects(report.defects()),
        features.map(FeatureChart::figure),
        background(report.background()),
        charts.data().with(features.map(FeatureChart::groups)).json());
  }

  private static Optional<Table> defects(List<DefectRow> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    boolean boxed = rows.stream().anyMatch(row -> boxes(row).masks() > 0);
    List<String> head =
        new ArrayList<>(
            List.of("Type", "Images", "Missed", "Image AUROC", "Pixel AUROC", "AUPRO at 0.3"));
    if (boxed) {
      head.addAll(List.of("Marked and found", "IoU of their boxes"));
    }
    return Optional.of(
        new Table(
            "Each type against all good images",
            head,
            rows.stream().map(row -> row(row, boxed)).toList()));
  }

  private static Table.Row row(DefectRow row, boolean boxed) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Words.count(row.images()),
                Words.count(row.missed()),
                Words.percent(row.imageAuroc()),
                Words.percent(row.pixelAuroc()),
                Words.percent(row.aupro30())));
    if (boxed) {
      BoxNumbers boxes = boxes(row);
      cells.add("%s of %s".formatted(Words.count(boxes.found()), Words.count(boxes.masks())));
      cells.add(Words.percent(boxes.meanIou()));
    }
    return new Table.Row(row.defectType(), cells);
  }

  private static BoxNumbers boxes(DefectRow row) {
    return row.boxes().orElse(BoxNumbers.NONE);
  }

  private static List<Pairs> background(InspectionReport.Background background) {
    return Stream.of(
            new Pairs("Configuration", background.configuration()),
            new Pairs("Provenance", background.provenance()),
            new Pairs("Timings", background.timings()))
        .filter(pairs -> !pairs.pairs().isEmpty())
        .toList();
  }
}
