package io.github.anople.benchmark;

import io.github.anople.core.json.StrictJson;
import io.github.anople.inspect.metric.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What papers report, to stand beside one's own results.
 *
 * @param sources where the numbers come from, for readers of a table, by the sources' names
 * @param tables by name
 */
record PaperFigures(Map<String, String> sources, Map<String, OfTable> tables) {

  /** A table that no paper has. */
  private static final OfTable NONE = new OfTable(List.of(), List.of());

  /**
   * What is known of a table.
   *
   * @param figures its numbers
   * @param quoted its methods that the program does not run
   */
  record OfTable(List<Figure> figures, List<Quoted> quoted) {}

  /**
   * A method that is quoted alone.
   *
   * @param variant what the table calls it
   * @param reason why it is not run, as the end of a sentence
   */
  record Quoted(String variant, String reason) {}

  /**
   * Results of one method on one data set, in percent.
   *
   * @param variant the variant that they are of
   * @param source which of the sources has them
   * @param data the data set
   * @param shots the number of shots
   * @param values those that the source has
   */
  record Figure(String variant, String source, String data, int shots, Map<Metric, Double> values) {

    boolean isOf(String otherData, int otherShots) {
      return data.equals(otherData) && shots == otherShots;
    }

    OptionalDouble get(Metric metric) {
      Double value = values.get(metric);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
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
    Map<String, String> sources =
        json.objects("sources", one -> Map.entry(one.text("id"), one.text("text"))).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<String, OfTable> tables =
        json
            .objects("tables", table -> Map.entry(table.text("table"), table(table, sources)))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new PaperFigures(sources, tables);
  }

  private static OfTable table(StrictJson json, Map<String, String> sources) {
    return new OfTable(
        json.objects("figures", figure -> figure(figure, sources)),
        json.objects("quoted", one -> new Quoted(one.text("variant"), one.text("reason"))));
  }

  private static Figure figure(StrictJson json, Map<String, String> sources) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      if (json.has(metric.id())) {
        values.put(metric, json.number(metric.id()));
      }
    }
    String source = json.text("source");
    if (!sources.containsKey(source)) {
      throw new IllegalArgumentException("source '" + source + "' is not among the sources");
    }
    return new Figure(json.text("variant"), source, json.text("data"), json.count("shots"), values);
  }

  /** What is known of a table; nothing where no paper has such a table. */
  OfTable table(String name) {
    return tables.getOrDefault(name, NONE);
  }
}
