package io.github.anople.inspect.report;

import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.core.drift.Look;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is told of drift, as JSON. */
public final class DriftJson {

  private DriftJson() {}

  /** A picture's look, in the order of {@link Look#NAMES}. */
  static Map<String, Object> of(Look look) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (int i = 0; i < Look.NAMES.size(); i++) {
      content.put(Look.NAMES.get(i), look.values().get(i));
    }
    return content;
  }

  /**
   * What came of comparing the images with those of the calibration: {@code {"calibrated",
   * "pictures", "window", "windows", "false_alarms", "unable", "places_unknown", "drifts":
   * [{"kind", "size", "words", "place": {"x", "y", "width", "height"}, "began", "ended"}, …]}};
   * unable is left out where something can be told, places_unknown where all places were known, a
   * place where it is no dirt, and an end where there is none.
   *
   * @param summary what was noticed
   * @return the object's members in order
   */
  public static Map<String, Object> of(DriftSummary summary) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("calibrated", summary.calibrated());
    content.put("pictures", summary.pictures());
    content.put("window", DriftTest.WINDOW);
    content.put("windows", summary.windows());
    content.put("false_alarms", DriftTest.FALSE_ALARMS);
    summary.unable().ifPresent(why -> content.put("unable", why));
    if (summary.blind()) {
      content.put("places_unknown", true);
    }
    content.put("drifts", summary.drifts().stream().map(DriftJson::of).toList());
    return content;
  }

  private static Map<String, Object> of(Drift drift) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("kind", drift.change().kind().id());
    content.put("size", drift.change().size());
    content.put("words", drift.change().words());
    drift.change().place().ifPresent(place -> content.put("place", of(place)));
    content.put("began", drift.began());
    drift.ended().ifPresent(picture -> content.put("ended", picture));
    return content;
  }

  private static Map<String, Object> of(Change.Place place) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("x", place.x());
    content.put("y", place.y());
    content.put("width", place.width());
    content.put("height", place.height());
    return content;
  }
}
