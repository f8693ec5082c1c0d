package io.github.anople.inspect.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.json.StrictJson;
import java.util.List;

/** A picture's defects in a line of the journal: its tables are written anew from there. */
final class JournalDefects {

  private static final String WORST = "worst";

  private JournalDefects() {}

  static void put(ObjectNode json, Defects defects) {
    json.put("width", defects.width());
    json.put("height", defects.height());
    json.put("count", defects.count());
    json.put("small", defects.small());
    json.put("largest_percent", defects.largestPercent());
    ArrayNode worst = json.putArray(WORST);
    for (Defect defect : defects.worst()) {
      ObjectNode one = worst.addObject();
      ArrayNode box = one.putArray("box");
      box.add(defect.box().x()).add(defect.box().y());
      box.add(defect.box().width()).add(defect.box().height());
      one.put("area", defect.area());
      one.put("percent", defect.percent());
      one.put("peak", defect.peak());
      one.putArray("peak_at").add(defect.peakAt().x()).add(defect.peakAt().y());
      one.putArray("centroid").add(defect.centroid().x()).add(defect.centroid().y());
    }
  }

  static Defects read(StrictJson json) {
    return new Defects(
        json.count("width"),
        json.count("height"),
        json.objects(WORST, JournalDefects::defect),
        json.count("count"),
        json.count("small"),
        json.number("largest_percent"));
  }

  private static Defect defect(StrictJson json) {
    return new Defect(
        box(json.integers("box")),
        json.number("area"),
        json.number("percent"),
        (float) json.number("peak"),
        point(json.numbers("peak_at")),
        point(json.numbers("centroid")));
  }

  private static Defect.Box box(List<Long> sides) {
    require(sides.size() == 4);
    return new Defect.Box(
        side(sides.get(0)), side(sides.get(1)), side(sides.get(2)), side(sides.get(3)));
  }

  private static int side(long pixels) {
    require(pixels == (int) pixels);
    return (int) pixels;
  }

  private static Defect.Point point(List<Double> at) {
    require(at.size() == 2);
    return new Defect.Point(at.get(0), at.get(1));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("is no box or point of a picture");
    }
  }
}
