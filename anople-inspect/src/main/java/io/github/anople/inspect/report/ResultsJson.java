package io.github.anople.inspect.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.image.PictureNote;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as JSON, for programs: UTF-8, indented, the same bytes on every platform. */
public final class ResultsJson {

  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      new JsonMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

  private ResultsJson() {}

  /**
   * The images' results as {@code [{"path", "score", "verdict", "margin", "scene": [{"fault",
   * "measure", "value", "limit"}, …], "label", "category", "defect_type", "overlay", "map", "part",
   * "look": {"brightness", …}, "notes": [{"kind", "note"}, …], "width", "height", "defect_count",
   * "small_places", "largest_defect_percent", "defects": [{"x", "y", "width", "height", "area",
   * "area_percent", "peak", "peak_x", "peak_y", "centroid_x", "centroid_y"}, …]}, …]}; verdict,
   * margin and scene are left out where there was no threshold, the margin also where that was 0,
   * the scene where there was no check, overlay and map where there are no such files, the part
   * where nobody said how to tell it, the look where nobody compared it, notes where there is
   * nothing to say, and all from the width on where there was no pixel threshold. A margin is
   * (score − threshold) / threshold; defects are {@link Defects}'.
   *
   * @param results the images, in order
   * @return texts and numbers, for the caller to put where they belong
   */
  public static List<Map<String, Object>> images(List<Inspection> results) {
    return results.stream().map(ResultsJson::image).toList();
  }

  private static Map<String, Object> image(Inspection result) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("path", result.path());
    image.put("score", result.score());
    result.verdict().ifPresent(verdict -> put(image, verdict));
    image.put("label", result.sample().label().name().toLowerCase(Locale.ROOT));
    image.put("category", result.sample().category());
    image.put("defect_type", result.sample().defectType());
    result.artifacts().overlay().ifPresent(file -> image.put("overlay", file));
    result.artifacts().map().ifPresent(file -> image.put("map", file));
    result.part().ifPresent(part -> image.put("part", part));
    result.look().ifPresent(look -> image.put("look", DriftJson.of(look)));
    if (!result.notes().isEmpty()) {
      image.put("notes", result.notes().stream().map(ResultsJson::note).toList());
    }
    result.defects().ifPresent(found -> put(image, found));
    return image;
  }

  private static void put(Map<String, Object> image, Verdict verdict) {
    image.put("verdict", verdict.kind());
    verdict.margin().ifPresent(margin -> image.put("margin", margin));
    if (verdict.threshold().scene().isPresent()) {
      image.put("scene", verdict.faults().stream().map(ResultsJson::fault).toList());
    }
  }

  private static void put(Map<String, Object> image, Defects found) {
    image.put("width", found.width());
    image.put("height", found.height());
    image.put("defect_count", found.count());
    image.put("small_places", found.small());
    image.put("largest_defect_percent", (float) found.largestPercent());
    image.put("defects", found.worst().stream().map(ResultsJson::defect).toList());
  }

  /** Seven digits are more than a map has to tell. */
  private static Map<String, Object> defect(Defect defect) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("x", defect.box().x());
    content.put("y", defect.box().y());
    content.put("width", defect.box().width());
    content.put("height", defect.box().height());
    content.put("area", (float) defect.area());
    content.put("area_percent", (float) defect.percent());
    content.put("peak", defect.peak());
    content.put("peak_x", (float) defect.peakAt().x());
    content.put("peak_y", (float) defect.peakAt().y());
    content.put("centroid_x", (float) defect.centroid().x());
    content.put("centroid_y", (float) defect.centroid().y());
    return content;
  }

  private static Map<String, Object> note(PictureNote note) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("kind", note.kind().id());
    content.put("note", note.words());
    return content;
  }

  private static Map<String, Object> fault(SceneFault fault) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("fault", fault.measure().words());
    content.put("measure", fault.measure().id());
    content.put("value", fault.value());
    content.put("limit", fault.limit());
    return content;
  }

  /**
   * The text of a JSON object.
   *
   * @param object its members: texts, numbers, truth values, lists and maps of such
   * @return indented JSON that ends in a line feed
   */
  public static String format(Map<String, ?> object) {
    try {
      return WRITER.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("something that JSON does not have", e);
    }
  }

  /**
   * Writes a JSON object.
   *
   * @param file where to
   * @param object its members, as for {@link #format}
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, Map<String, ?> object) {
    ReportFile.write(file, format(object));
  }
}
