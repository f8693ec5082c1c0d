package io.github.anople.server.exchange;

import io.github.anople.server.store.GoodPicture.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what {@link ProductFile#read} reads: the same product, the same bytes. */
final class ProductJson {

  private static final JsonMapper JSON = new JsonMapper();

  private ProductJson() {}

  static byte[] of(ProductFile file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", ProductFile.FORMAT);
    json.put("format_version", ProductFile.FORMAT_VERSION);
    json.put("name", file.name());
    json.put("shows", file.shows());
    file.region().ifPresent(region -> json.set("region", JSON.readTree(region)));
    pictures(json.putArray("pictures"), file.pictures());
    detectors(json.putArray("detectors"), file.detectors());
    file.active().ifPresent(version -> json.put("active", version));
    return json.toPrettyString().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void pictures(ArrayNode list, List<ProductFile.Good> pictures) {
    for (ProductFile.Good picture : pictures) {
      use(list.addObject(), picture.sha256(), picture.purpose())
          .put("name", picture.name())
          .put("remarks", picture.remarks());
    }
  }

  private static void detectors(ArrayNode list, List<ProductFile.Version> detectors) {
    for (ProductFile.Version version : detectors) {
      ObjectNode json = list.addObject();
      json.put("provisional", version.provisional());
      version.calibration().ifPresent(known -> json.set("calibration", JSON.readTree(known)));
      json.put("origin", version.origin().id());
      version.sameScoresAs().ifPresent(number -> json.put("same_scores_as", number));
      json.put("anople", version.anople());
      json.put("onnx", version.onnx());
      ArrayNode pictures = json.putArray("pictures");
      for (Map.Entry<String, Purpose> picture : version.pictures().entrySet()) {
        use(pictures.addObject(), picture.getKey(), picture.getValue());
      }
    }
  }

  private static ObjectNode use(ObjectNode json, String sha256, Purpose purpose) {
    return json.put("sha256", sha256).put("purpose", purpose.id());
  }
}
