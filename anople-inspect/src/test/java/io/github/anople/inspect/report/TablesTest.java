package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.PictureNote;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {

  private static final Inspection PLAIN =
      result("test/crack/000.png", "bottle", "crack", Label.ANOMALOUS, 0.25f, verdict(0.25f));

  private static final Threshold CHECKED =
      new Threshold(
          0.125f,
          Calibration.Kind.ESTIMATE,
          Optional.of(
              new SceneLimits(
                  Collections.nCopies(Scene.SIZE, 0.5f),
                  SceneLimits.Reach.NONE,
                  new SceneLimits.Reach(1, 1))));

  private static final Verdict DARK =
      new Verdict(
          0.0625f,
          CHECKED,
          List.of(
              new SceneFault(Scene.Measure.DARK, 2, 0.5f),
              new SceneFault(Scene.Measure.BLURRED, 1, 0.5f)));

  private static final List<PictureNote> PAGES =
      List.of(new PictureNote(PictureNote.Kind.FURTHER_PAGES, "has 2 pages"));

  @TempDir Path folder;

  private static Optional<Verdict> verdict(float score) {
    return Optional.of(new Threshold(0.125f, Calibration.Kind.ESTIMATE).judge(score));
  }

  private static Inspection result(
      String path,
      String category,
      String defectType,
      Label label,
      float score,
      Optional<Verdict> verdict) {
    Sample sample = new Sample(Path.of(path), Optional.empty(), label, category, defectType);
    return new Inspection(sample, score, verdict);
  }

  /** Of a map of 4 x 4 over a picture of 8 x 4 that has .5 in two pixels. */
  private static Optional<Defects> defects(float threshold) {
    float[] values = new float[16];
    values[5] = 0.5f;
    values[6] = 0.4f;
    return Optional.of(DefectRule.manual(threshold).find(ScoreMap.of(4, values), 8, 4));
  }

  @Test
  void theColumnsAreFixed() {
    assertEquals(
        String.join(
            "\r\n",
            "path,score,verdict,label,category,defect_type,threshold,threshold_origin,margin,scene,notes,"
                + "defects,largest_defect_percent,uncertain_threshold,part",
            "test/crack/000.png,0.25,NOT OK,anomalous,bottle,crack,0.125,estimate,1.0,,,1,12.5,,",
            "new.png,1.0E-6,,unknown,nut,unknown,,,,,has 2 pages,0,0.0,,",
            "lid.png,0.0625,NOT LIKE THE PRODUCT,unknown,nut,unknown,0.125,estimate,-0.5,"
                + "\"dark, blurred\",,,,,",
            "pin.png,0.375,UNCERTAIN,unknown,nut,unknown,0.5,manual,-0.25,,,,,0.25,new/pin",
            ""),
        ScoresCsv.format(
            List.of(
                PLAIN.withDefects(defects(0.3f)),
                result("new.png", "nut", "unknown", Label.UNKNOWN, 1e-6f, Optional.empty())
                    .withNotes(PAGES)
                    .withDefects(defects(0.9f)),
                result("lid.png", "nut", "unknown", Label.UNKNOWN, 0.0625f, Optional.of(DARK)),
                result(
                        "pin.png",
                        "nut",
                        "unknown",
                        Label.UNKNOWN,
                        0.375f,
                        Optional.of(Threshold.manual(0.5f, Optional.of(0.25f)).judge(0.375f)))
                    .withPart(Optional.of("new/pin")))));
  }

  @Test
  void jsonTellsWhatIsUnlikeTheProductOnlyWhereThereWasACheck() {
    Inspection lid = result("lid", "nut", "unknown", Label.UNKNOWN, 0.0625f, Optional.of(DARK));
    Map<String, Object> told = ResultsJson.images(List.of(lid)).get(0);
    assertEquals("NOT LIKE THE PRODUCT", told.get("verdict"));
    assertEquals(-0.5, told.get("margin"));
    assertEquals(
        List.of(
            Map.of("fault", "dark", "measure", "dark", "value", 2f, "limit", 0.5f),
            Map.of("fault", "blurred", "measure", "blurred", "value", 1f, "limit", 0.5f)),
        told.get("scene"));
    Inspection good =
        result("a", "nut", "good", Label.NORMAL, 0.0625f, Optional.of(CHECKED.judge(0.0625f)));
    assertEquals(List.of(), ResultsJson.images(List.of(good)).get(0).get("scene"));
    assertFalse(ResultsJson.images(List.of(PLAIN)).get(0).containsKey("scene"));
  }

  @Test
  void jsonTellsWhereDefectsAreOnlyWhereThereIsAPixelThreshold() {
    Map<String, Object> told = ResultsJson.images(List.of(PLAIN.withDefects(defects(0.3f)))).get(0);
    assertEquals(8, told.get("width"));
    assertEquals(4, told.get("height"));
    assertEquals(1, told.get("defect_count"));
    assertEquals(0, told.get("small_places"));
    assertEquals(12.5f, told.get("largest_defect_percent"));
    Map<String, Object> defect = new LinkedHashMap<>();
    defect.put("x", 2);
    defect.put("y", 1);
    defect.put("width", 4);
    defect.put("height", 1);
    defect.put("area", 4f);
    defect.put("area_percent", 12.5f);
    defect.put("peak", 0.5f);
    defect.put("peak_x", 3f);
    defect.put("peak_y", 1.5f);
    defect.put("centroid_x", 4f);
    defect.put("centroid_y", 1.5f);
    assertEquals(List.of(defect), told.get("defects"));
    Map<String, Object> none = ResultsJson.images(List.of(PLAIN.withDefects(defects(1)))).get(0);
    assertEquals(List.of(), none.get("defects"));
    assertEquals(0f, none.get("largest_defect_percent"));
    assertFalse(ResultsJson.images(List.of(PLAIN)).get(0).containsKey("defects"));
    assertFalse(ResultsJson.images(List.of(PLAIN)).get(0).containsKey("width"));
    Inspection kept = PLAIN.withDefects(defects(0.3f)).withNotes(PAGES).with(Artifacts.NONE);
    assertEquals(defects(0.3f), kept.defects());
  }

  @Test
  void notesOfAPictureAreInJsonOnlyWhereThereAreSome() {
    Inspection noted = PLAIN.withNotes(PAGES);
    assertEquals(
        List.of(Map.of("kind", "further-pages", "note", "has 2 pages")),
        ResultsJson.images(List.of(noted)).get(0).get("notes"));
    assertFalse(ResultsJson.images(List.of(PLAIN)).get(0).containsKey("notes"));
    assertEquals(PAGES, noted.with(Artifacts.NONE).notes());
  }

  @Test
  void commasQuotesAndLineEndsAreQuoted() {
    assertEquals("\"a,b\"", path("a,b"));
    assertEquals("\"a \"\"b\"\"\"", path("a \"b\""));
    assertEquals("\"a\nb\"", path("a\nb"));
    assertEquals("\"a\rb\"", path("a\rb"));
    assertEquals("\" a\"", path(" a"));
    assertEquals("é 東.png", path("é 東.png"));
  }

  @Test
  void noFieldIsAFormula() {
    assertEquals("./=1+1.png", path("=1+1.png"));
    assertEquals("./-2.png", path("-2.png"));
    assertEquals("./+2.png", path("+2.png"));
    assertEquals("./@x.png", path("@x.png"));
    assertEquals("./\tx.png", path("\tx.png"));
    assertEquals("\"./\rx.png\"", path("\rx.png"));
    assertEquals("\"./=HYPERLINK(\"\"x\"\")\"", path("=HYPERLINK(\"x\")"));
    assertTrue(
        ScoresCsv.format(List.of(result("a", "=c", "-d", Label.ANOMALOUS, 0.5f, Optional.empty())))
            .endsWith("a,0.5,,anomalous,'=c,'-d,,,,,,,,,\r\n"));
  }

  private static String path(String path) {
    String table =
        ScoresCsv.format(List.of(result(path, "c", "good", Label.NORMAL, 0.5f, Optional.empty())));
    String row = table.substring(table.indexOf("\r\n") + 2);
    return row.substring(0, row.length() - ",0.5,,normal,c,good,,,,,,,,,\r\n".length());
  }

  @Test
  void numbersHaveAPointInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertTrue(ScoresCsv.format(List.of(PLAIN)).contains(",0.25,NOT OK,anomalous,"));
      Locale.setDefault(Locale.forLanguageTag("tr"));
      Inspection unknown = result("a", "I", "I", Label.UNKNOWN, 0.5f, Optional.empty());
      assertTrue(ScoresCsv.format(List.of(unknown)).endsWith("a,0.5,,unknown,I,I,,,,,,,,,\r\n"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void jsonHoldsTheSameAndEndsInALineFeed() throws IOException {
    Path file = folder.resolve("predictions.json");
    ResultsJson.write(file, Map.of("images", ResultsJson.images(List.of(PLAIN))));
    String text = Files.readString(file);
    assertTrue(text.endsWith("}\n"), text);
    assertFalse(text.contains("\r"), text);
    JsonNode image = new JsonMapper().readTree(text).at("/images/0");
    assertEquals("test/crack/000.png", image.get("path").textValue());
    assertEquals(0.25, image.get("score").doubleValue());
    assertEquals("NOT OK", image.get("verdict").textValue());
    assertEquals(1, image.get("margin").doubleValue());
    assertEquals("anomalous", image.get("label").textValue());
    assertEquals("bottle", image.get("category").textValue());
    assertEquals("crack", image.get("defect_type").textValue());
    Inspection open = result("a", "c", "good", Label.NORMAL, 0.5f, Optional.empty());
    assertFalse(ResultsJson.images(List.of(open)).get(0).containsKey("verdict"));
    assertFalse(ResultsJson.images(List.of(open)).get(0).containsKey("margin"));
  }

  @Test
  void jsonIsAsPeopleReadItWithEachNumberAsShortAsItIs() {
    Artifacts files =
        new Artifacts(Optional.of("images/0.png"), Optional.of("maps/0.png"), Thumbnails.NONE);
    assertEquals(
        """
        {
          "images" : [
            {
              "path" : "a",
              "score" : 0.1,
              "label" : "unknown",
              "category" : "c",
              "defect_type" : "unknown",
              "overlay" : "images/0.png",
              "map" : "maps/0.png"
            }
          ]
        }
        """,
        ResultsJson.format(
            Map.of(
                "images",
                ResultsJson.images(
                    List.of(
                        new Inspection(Sample.unknown(Path.of("a"), "c"), 0.1f, Optional.empty())
                            .with(files))))));
  }

  @Test
  void aThresholdOfZeroHasNoMargin() {
    Inspection result =
        result("a", "c", "u", Label.UNKNOWN, 0.5f, Optional.of(Threshold.manual(0).judge(0.5f)));
    assertTrue(
        ScoresCsv.format(List.of(result))
            .endsWith("a,0.5,NOT OK,unknown,c,u,0.0,manual,,,,,,,\r\n"));
    assertFalse(ResultsJson.images(List.of(result)).get(0).containsKey("margin"));
  }

  @Test
  void aTableIsWrittenAsUtf8() throws IOException {
    Path file = folder.resolve("scores.csv");
    Inspection result = result("é.png", "c", "good", Label.NORMAL, 0.5f, Optional.empty());
    ScoresCsv.write(file, List.of(result));
    assertEquals(ScoresCsv.format(List.of(result)), Files.readString(file));
    assertThrows(
        InputException.class, () -> ScoresCsv.write(folder.resolve("x/y.csv"), List.of(result)));
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> result("a", "c", "good", Label.NORMAL, Float.NaN, Optional.empty()));
  }
}
