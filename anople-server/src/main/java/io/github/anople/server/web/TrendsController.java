package io.github.anople.server.web;

import io.github.anople.core.decide.Verdict;
import io.github.anople.server.inspect.DriftWatch;
import io.github.anople.server.inspect.Reviews;
import io.github.anople.server.inspect.Trends;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.TallyStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.json.JsonMapper;

/** How a product goes on: scores, days, defects, drift. */
@Controller
class TrendsController {

  private static final JsonMapper JSON = new JsonMapper();

  private final Projects projects;
  private final Trends trends;
  private final Reviews reviews;

  TrendsController(Projects projects, Trends trends, Reviews reviews) {
    this.projects = projects;
    this.trends = trends;
    this.reviews = reviews;
  }

  @GetMapping("/products/{product}/trends")
  ResponseEntity<byte[]> trends(@PathVariable String product) {
    Product of = projects.get(product);
    List<TrendsPage.DayRow> days = days(trends.days(of));
    List<TrendsPage.Found> found =
        reviews.defects(of).entrySet().stream()
            .map(
                one ->
                    new TrendsPage.Found(
                        one.getKey().isEmpty() ? "not named" : one.getKey(), one.getValue()))
            .toList();
    return Pages.of(
        "trends",
        new TrendsPage(
            PageController.head(of, "trends"),
            trends.drift(of).stream().map(one -> item(of, one)).toList(),
            trends.unable(of).orElse(""),
            JSON.writeValueAsString(trends.scores(of)),
            JSON.writeValueAsString(days),
            JSON.writeValueAsString(found),
            days,
            found));
  }

  private static TrendsPage.DriftItem item(Product product, DriftWatch.Noticed one) {
    return new TrendsPage.DriftItem(
        one.change().words(),
        one.ended().isEmpty(),
        "/products/" + product.name() + "/history/" + one.began(),
        one.began(),
        one.ended().map(id -> Long.toString(id)).orElse(""));
  }

  private static List<TrendsPage.DayRow> days(List<TallyStore.Day> counts) {
    Map<LocalDate, Map<String, Long>> days = new TreeMap<>();
    counts.forEach(
        one ->
            days.computeIfAbsent(one.day(), day -> new TreeMap<>())
                .put(one.verdict(), one.count()));
    return days.entrySet().stream()
        .map(
            day ->
                new TrendsPage.DayRow(
                    day.getKey().toString(),
                    day.getValue().getOrDefault(Verdict.OK, 0L),
                    day.getValue().getOrDefault(Verdict.UNCERTAIN, 0L),
                    day.getValue().getOrDefault(Verdict.NOT_OK, 0L),
                    day.getValue().getOrDefault(Verdict.UNLIKE, 0L)))
        .toList();
  }
}
