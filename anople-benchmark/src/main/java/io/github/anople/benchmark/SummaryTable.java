package io.github.anople.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row a variant, a column for each data set and number of shots, what papers report beside: the
 * paper's Tables 1 to 5. Methods that are quoted alone come last.
 */
final class SummaryTable {

  private final Results results;
  private final Grid grid;
  private final PaperFigures paper;
  private final PaperFigures.OfTable known;

  SummaryTable(Results results, PaperFigures paper) {
    this.results = results;
    this.grid = results.grid();
    this.paper = paper;
    this.known = grid.paper().map(paper::table).orElse(paper.table(""));
  }

  Table table() {
    boolean encoders = grid.variants().stream().anyMatch(one -> !results.encoder(one).isEmpty());
    List<String> header = new ArrayList<>(List.of("variant"));
    if (encoders) {
      header.add("encoder");
    }
    columns().forEach(column -> header.add(column.title()));
    List<List<String>> rows = new ArrayList<>();
    for (Variant variant : grid.variants()) {
      rows.add(row(variant.name(), encoders, Optional.of(variant)));
    }
    quoted().forEach(name -> rows.add(row(name, encoders, Optional.empty())));
    return new Table(
        "%s: %s in %%, mean over categories, ± over seeds"
            .formatted(grid.name(), Numbers.titles(grid.metrics())),
        header,
        rows,
        notes());
  }

  private record Column(GridData data, int shots, boolean ofPaper) {

    String title() {
      return ofPaper ? "paper" : data.name() + ", " + Tables.shots(shots);
    }
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (GridData data : grid.data()) {
      for (int shots : grid.shots()) {
        columns.add(new Column(data, shots, false));
        if (shown().anyMatch(figure -> figure.isOf(data.name(), shots))) {
          columns.add(new Column(data, shots, true));
        }
      }
    }
    return columns;
  }

  /** Figures that fill a place of the table. */
  private Stream<PaperFigures.Figure> shown() {
    Predicate<PaperFigures.Figure> here =
        figure ->
            grid.data().stream()
                .anyMatch(data -> grid.shots().stream().anyMatch(k -> figure.isOf(data.name(), k)));
    return known.figures().stream()
        .filter(here)
        .filter(figure -> grid.metrics().stream().anyMatch(one -> figure.get(one).isPresent()));
  }

  /** What papers have, and the grid has not. */
  private Set<String> quoted() {
    return shown()
        .map(PaperFigures.Figure::variant)
        .filter(name -> grid.variants().stream().noneMatch(one -> one.name().equals(name)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<String> row(String name, boolean encoders, Optional<Variant> variant) {
    List<String> row = new ArrayList<>(List.of(name));
    if (encoders) {
      row.add(variant.map(results::encoder).orElse(Numbers.ABSENT));
    }
    for (Column column : columns()) {
      row.add(
          column.ofPaper()
              ? ofPaper(name, column)
              : variant.map(one -> measured(one, column)).orElse(Numbers.ABSENT));
    }
    return row;
  }

  private String measured(Variant variant, Column column) {
    return Numbers.joined(
        grid.metrics().stream()
            .map(metric -> results.of(column.data(), variant, column.shots(), metric))
            .toList(),
        grid.metrics());
  }

  private String ofPaper(String name, Column column) {
    return shown()
        .filter(figure -> figure.isOf(column.data().name(), column.shots()))
        .filter(figure -> figure.variant().equals(name))
        .map(figure -> grid.metrics().stream().map(figure::get).toList())
        .map(values -> values.stream().map(SummaryTable::percent).collect(Numbers.PLACES))
        .findFirst()
        .orElse(Numbers.ABSENT);
  }

  private static String percent(OptionalDouble value) {
    return value.isEmpty() ? Numbers.ABSENT : Numbers.number(value.getAsDouble());
  }

  /** Where the papers' figures are from, and why a row is quoted alone. */
  private List<String> notes() {
    Map<String, Set<String>> bySource = new LinkedHashMap<>();
    shown()
        .forEach(
            figure ->
                bySource
                    .computeIfAbsent(figure.source(), source -> new LinkedHashSet<>())
                    .add(figure.variant()));
    List<String> notes = new ArrayList<>();
    bySource.forEach(
        (source, variants) ->
            notes.add(
                "Paper, %s: %s."
                    .formatted(String.join(", ", variants), paper.sources().get(source))));
    Set<String> names = quoted();
    known.quoted().stream()
        .filter(one -> names.contains(one.variant()))
        .forEach(
            one ->
                notes.add(
                    "%s is quoted and not run: it %s.".formatted(one.variant(), one.reason())));
    return notes;
  }
}
