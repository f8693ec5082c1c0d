package io.github.anople.inspect.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.JsonFault;
import java.util.Optional;

/**
 * JSON that others write: fields beyond those asked for are theirs, those asked for are checked.
 */
final class JsonLists {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonLists() {}

  /** The object that a text holds. */
  static JsonNode object(String text, String where) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InputException(where, "is not JSON: " + JsonFault.of(e), "restore it", e);
    }
    if (!node.isObject()) {
      throw new InputException(where, "is not a JSON object", "restore it");
    }
    return node;
  }

  /** A field's text, if it is there and neither null nor blank. */
  static Optional<String> text(JsonNode object, String field, String where) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new InputException(where, "its " + field + " is no text", "correct it");
    }
    return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
  }

  /** A field's text, which must be there. */
  static String required(JsonNode object, String field, String where) {
    return text(object, field, where)
        .orElseThrow(() -> new InputException(where, "has no " + field, "correct it"));
  }
}
