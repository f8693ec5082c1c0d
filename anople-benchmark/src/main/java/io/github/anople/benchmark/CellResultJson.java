package io.github.anople.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run's result as JSON, with the digits that give every number back. */
final class CellResultJson {

  private CellResultJson() {}

  /** Adds what {@link #read} reads. */
  static void write(CellResult result, ObjectNode json) {
    ArrayNode categories = json.putArray("categories");
    for (CellResult.Measured measured : result.categories()) {
      ObjectNode one = categories.addObject().put("category", measured.category());
      ObjectNode metrics = one.putObject("metrics");
      measured.metrics().values().forEach((metric, value) -> metrics.put(metric.id(), value));
      one.put("good", measured.good()).put("defective", measured.defective());
    }
    if (!result.thresholds().isEmpty()) {
      ArrayNode thresholds = json.putArray("thresholds");
      result.thresholds().forEach(one -> thresholds.add(one.toJson()));
    }
    ArrayNode notes = json.putArray("notes");
    result.notes().forEach(notes::add);
  }

  /** Empty where it is damaged. */
  static Optional<CellResult> read(JsonNode json) {
    List<CellResult.Measured> categories = new ArrayList<>();
    json.path("categories").forEach(one -> categories.add(measured(one)));
    List<String> notes = new ArrayList<>();
    json.path("notes").forEach(note -> notes.add(note.asText()));
    List<ThresholdResult> thresholds = new ArrayList<>();
    try {
      json.path("thresholds").forEach(one -> thresholds.add(ThresholdResult.fromJson(one)));
    } catch (InputException e) {
      return Optional.empty();
    }
    return categories.isEmpty()
        ? Optional.empty()
        : Optional.of(new CellResult(categories, notes, thresholds));
  }

  private static CellResult.Measured measured(JsonNode one) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      JsonNode value = one.path("metrics").path(metric.id());
      if (value.isNumber() && Double.isFinite(value.doubleValue())) {
        values.put(metric, value.doubleValue());
      }
    }
    return new CellResult.Measured(
        one.path("category").asText(),
        new MetricTable(values),
        one.path("good").asInt(),
        one.path("defective").asInt());
  }
}
