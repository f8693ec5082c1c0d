package io.github.anople.core.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Closes a circle with the room that it may use, and shows trees of JSON. Never run. */
@SuppressWarnings("unused")
public final class Trespasser {

  private final io.github.anople.core.detect.Trespasser other;

  private Trespasser(io.github.anople.core.detect.Trespasser other) {
    this.other = other;
  }

  /** Takes one. */
  public void tree(ObjectNode tree) {}

  /** Returns some, inside something else. */
  public List<JsonNode> trees() {
    return List.of();
  }

  ArrayNode hidden() {
    return null;
  }
}
