package io.github.anople.server.web;

import io.github.anople.server.inspect.History;
import io.github.anople.server.inspect.HistoryQuery;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.inspect.Reviews;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** What was inspected. */
@Controller
@RequestMapping("/products/{product}/history")
class HistoryPageController {

  private static final int ROWS = 50;

  private final Projects projects;
  private final History history;
  private final Inspections inspections;
  private final Reviews reviews;
  private final Cards cards;

  HistoryPageController(
      Projects projects, History history, Inspections inspections, Reviews reviews, Cards cards) {
    this.projects = projects;
    this.history = history;
    this.inspections = inspections;
    this.reviews = reviews;
    this.cards = cards;
  }

  @GetMapping
  ResponseEntity<byte[]> history(@PathVariable String product, HistoryQuery query) {
    Product of = projects.get(product);
    List<InspectionRow> rows = history.page(of, history.search(of, query, ROWS));
    String asked = asked(query);
    String next = rows.size() < ROWS ? "" : asked + "&before=" + rows.get(rows.size() - 1).id();
    return Pages.of(
        "history",
        new HistoryPage(
            PageController.head(of, "history"),
            filter(query),
            rows.stream().map(row -> InspectionItem.of(of, row, inspections.details(row))).toList(),
            asked,
            next));
  }

  private static HistoryPage.Filter filter(HistoryQuery query) {
    return new HistoryPage.Filter(
        Objects.toString(query.verdict(), ""),
        Objects.toString(query.serialNumber(), ""),
        Objects.toString(query.source(), ""),
        Objects.toString(query.version(), ""),
        Objects.toString(query.review(), ""),
        Objects.toString(query.from(), ""),
        Objects.toString(query.until(), ""));
  }

  /** The same question as part of an address. */
  private static String asked(HistoryQuery query) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("verdict", query.verdict());
    all.put("serialNumber", query.serialNumber());
    all.put("source", query.source());
    all.put("version", query.version());
    all.put("review", query.review());
    all.put("from", query.from());
    all.put("until", query.until());
    return all.entrySet().stream()
        .filter(one -> !Objects.toString(one.getValue(), "").isBlank())
        .map(one -> one.getKey() + "=" + encoded(one.getValue().toString()))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> inspection(@PathVariable String product, @PathVariable long id) {
    Product of = projects.get(product);
    InspectionRow row = inspections.get(of, id);
    return Pages.of(
        "inspectionPage",
        new InspectionPage(
            PageController.head(of, "history"),
            cards.of(of, row),
            ReviewForm.of(of, row, reviews, "history")));
  }
}
