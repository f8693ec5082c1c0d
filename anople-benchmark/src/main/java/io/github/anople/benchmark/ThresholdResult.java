package io.github.anople.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.anople.core.decide.Calibration;
import io.github.anople.inspect.evaluate.ThresholdQuality;
import java.util.OptionalDouble;

/**
 * What a threshold is worth on a category's test images.
 *
 * @param category the category's name
 * @param quality the threshold, its false alarms and its F1 against the best
 */
public record ThresholdResult(String category, ThresholdQuality quality) {

  /** What {@link #fromJson} reads. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("category", category);
    json.putRawValue("calibration", new RawValue(quality.calibration().toJson()));
    json.put("good", quality.normal()).put("false_alarms", quality.falseAlarms());
    json.put("defective", quality.anomalous()).put("found", quality.found());
    quality.f1Max().ifPresent(value -> json.put("f1_max", value));
    return json;
  }

  /** Reads what {@link #toJson} wrote; throws InputException for something else. */
  static ThresholdResult fromJson(JsonNode json) {
    JsonNode best = json.path("f1_max");
    return new ThresholdResult(
        json.path("category").asText(),
        new ThresholdQuality(
            Calibration.fromJson(json.path("calibration").toString(), "result.json"),
            json.path("good").asInt(),
            json.path("false_alarms").asInt(),
            json.path("defective").asInt(),
            json.path("found").asInt(),
            best.isNumber() ? OptionalDouble.of(best.doubleValue()) : OptionalDouble.empty()));
  }
}
