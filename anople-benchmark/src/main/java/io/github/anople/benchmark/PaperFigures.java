package io.github.anople.benchmark;

import io.github.anople.core.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the paper reports, to stand beside one's own results.
 *
 * @param source where the numbers come from, for readers of a table
 * @param tables figures by the name of a table
 */
record PaperFigures(String source, Map<String, List<Figure>> tables) {

  /**
   * One result of the paper, in percent.
   *
   * @param variant the variant that it is of
   * @param data the data set
   * @param shots the number of shots
   * @param image image AUROC
   * @param pixel pixel AUROC
   */
  record Figure(String variant, String data, int shots, double image, double pixel) {

    boolean isOf(String otherData, int otherShots) {
      return data.equals(otherData) && shots == otherShots;
    }
  }

  /** The figures that come with the program. */
  static PaperFigures read() {
    return StrictJson.parse(
        BenchmarkResource.text("paper-figures.json"),
        "paper-figures.json",
        "figures",
        PaperFigures::of);
  }

  private static PaperFigures of(StrictJson json) {
    Map<String, List<Figure>> tables =
        json
            .objects(
                "tables",
                table ->
                    Map.entry(table.text("table"), table.objects("figures", PaperFigures::figure)))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new PaperFigures(json.text("source"), tables);
  }

  private static Figure figure(StrictJson json) {
    return new Figure(
        json.text("variant"),
        json.text("data"),
        json.count("shots"),
        json.number("image_auroc"),
        json.number("pixel_auroc"));
  }

  /** The figures of a table; none where the paper has no such table. */
  List<Figure> table(String name) {
    return tables.getOrDefault(name, List.of());
  }
}
