package io.github.anople.inspect.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.Look;
import io.github.anople.core.drift.Places;
import io.github.anople.core.json.StrictJson;
import java.util.List;
import java.util.Optional;

/** How looks and drift stand in a journal: what was told once is not told again. */
final class JournalDrift {

  private static final String LOOK = "look";
  private static final String PLACES = "places";
  private static final String DRIFT = "drift";

  private JournalDrift() {}

  /** Adds how a picture looks to its line. */
  static void put(ObjectNode json, Look look) {
    ArrayNode values = json.putArray(LOOK);
    look.values().forEach(values::add);
    look.places().ifPresent(places -> json.put(PLACES, places.text()));
  }

  /** What a picture's line has of it. */
  static Optional<Look> look(StrictJson json) {
    if (!json.has(LOOK)) {
      return Optional.empty();
    }
    List<Float> values = json.numbers(LOOK).stream().map(Double::floatValue).toList();
    Optional<Places> places =
        json.has(PLACES) ? Optional.of(Places.parse(json.text(PLACES))) : Optional.empty();
    return Optional.of(Look.of(values, places));
  }

  /** Whether a line is about drift, not about a picture. */
  static boolean isDrift(StrictJson json) {
    return json.has(DRIFT);
  }

  static String line(Drift drift) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(DRIFT, drift.change().kind().id());
    json.put("size", drift.change().size());
    json.put("words", drift.change().words());
    drift
        .change()
        .place()
        .ifPresent(
            place ->
                json.putArray("place")
                    .add(place.x())
                    .add(place.y())
                    .add(place.width())
                    .add(place.height()));
    json.put("began", drift.began());
    drift.ended().ifPresent(picture -> json.put("ended", picture));
    return json.toString();
  }

  static Drift drift(StrictJson json) {
    Change change =
        new Change(
            Change.Kind.of(json.text(DRIFT)),
            json.number("size"),
            json.text("words"),
            json.has("place") ? Optional.of(place(json.numbers("place"))) : Optional.empty());
    return new Drift(
        change,
        json.text("began"),
        json.has("ended") ? Optional.of(json.text("ended")) : Optional.empty());
  }

  private static Change.Place place(List<Double> edges) {
    if (edges.size() != 4) {
      throw new IllegalArgumentException("a place has 4 numbers, not " + edges.size());
    }
    return new Change.Place(edges.get(0), edges.get(1), edges.get(2), edges.get(3));
  }
}
