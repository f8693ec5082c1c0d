package io.github.anople.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.inspect.data.InspectionDataset;
import java.nio.file.Path;

/** A test's {@code config.json}: what was tested with what, and how the detector came about. */
final class TestConfigJson {

  private TestConfigJson() {}

  static ObjectNode of(
      Path file, DetectorBundle detector, String layout, InspectionDataset dataset) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("anople_version", Version.current());
    json.putObject("detector").put("file", file.toString()).put("sha256", Sha256.of(file));
    ObjectNode data = json.putObject("data");
    data.put("layout", layout).put("name", dataset.name());
    ArrayNode categories = data.putArray("categories");
    dataset.categoryNames().forEach(categories::add);
    json.set("training", tree(detector.configuration()));
    json.set("provenance", tree(detector.provenance().toJson()));
    return json;
  }

  private static JsonNode tree(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a detector that was read whole holds text that is not JSON", e);
    }
  }
}
