package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Scene;
import io.github.anople.inspect.data.PartPattern;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PartTest {

  private static final Threshold TWO = Threshold.manual(0.5f, Optional.of(0.25f));
  private static final PartRule ANY = rule(OptionalInt.empty());
  private static final PartRule THREE = rule(OptionalInt.of(3));

  private static PartRule rule(OptionalInt views) {
    return new PartRule(PartPattern.of("{part}_cam{view}"), views);
  }

  private static Inspection view(String path, float score) {
    return new Inspection(
        Sample.unknown(Path.of(path), "nut"), score, Optional.of(TWO.judge(score)));
  }

  private static List<String> told(List<Part> parts) {
    return parts.stream().map(part -> part.name() + " " + part.text().orElse("?")).toList();
  }

  @Test
  void aPartHasTheVerdictOfItsWorstView() {
    List<Part> parts =
        Part.of(
            List.of(
                view("a_cam1.png", 0.1f),
                view("b_cam1.png", 0.1f),
                view("a_cam2.png", 0.2f),
                view("b_cam2.png", 0.3f),
                view("c_cam1.png", 0.6f),
                view("c_cam2.png", 0.4f)),
            List.of(),
            ANY);
    assertEquals(List.of("a OK", "b UNCERTAIN", "c NOT OK"), told(parts));
    assertEquals("c_cam1.png", parts.get(2).worst().orElseThrow().path());
    assertEquals(0.6f, (float) parts.get(2).score().orElseThrow());
    assertEquals("3 parts: 1 OK, 1 UNCERTAIN, 1 NOT OK", Part.counts(parts));
  }

  @Test
  void aViewThatIsNotTheProductIsWorseThanAnyScore() {
    Inspection dark =
        new Inspection(
            Sample.unknown(Path.of("a_cam1.png"), "nut"),
            0.1f,
            Optional.of(new Verdict(0.1f, TWO, List.of(new SceneFault(Scene.Measure.DARK, 2, 1)))));
    Part part = Part.of(List.of(dark, view("a_cam2.png", 0.9f)), List.of(), ANY).get(0);
    assertEquals("NOT LIKE THE PRODUCT (dark)", part.text().orElseThrow());
    assertTrue(part.rejected());
    assertEquals(OptionalDouble.of(0.9f), part.score());
  }

  @Test
  void aPartThatLacksAViewIsNeverOkAndOneThatIsNotOkStaysSo() {
    List<Part> parts =
        Part.of(
            List.of(
                view("a_cam1.png", 0.1f),
                view("a_cam2.png", 0.1f),
                view("b_cam1.png", 0.6f),
                view("c_cam1.png", 0.3f),
                view("c_cam2.png", 0.1f),
                view("c_cam3.png", 0.1f)),
            List.of("c_cam4.png", "d_cam1.png", "folder"),
            THREE);
    assertEquals(
        List.of(
            "a INCOMPLETE (1 missing)",
            "b NOT OK (2 missing)",
            "c INCOMPLETE (1 not readable)",
            "d INCOMPLETE (1 not readable, 2 missing)"),
        told(parts));
    assertEquals("4 parts: 0 OK, 3 INCOMPLETE, 1 NOT OK", Part.counts(parts));
    assertFalse(parts.get(0).ok());
    assertTrue(parts.get(3).worst().isEmpty() && parts.get(3).score().isEmpty());
  }

  @Test
  void twoFilesOfOneViewAreNotTwoViews() {
    Part part =
        Part.of(
                List.of(
                    view("a_cam1.png", 0.1f), view("a_cam1.jpg", 0.2f), view("a_cam2.png", 0.1f)),
                List.of(),
                THREE)
            .get(0);
    assertEquals(1, part.missing());
    assertEquals(3, part.images().size());
  }

  @Test
  void aViewThatWasTakenAnewReplacesTheFormer() {
    Part part =
        Part.of(List.of(view("a_cam1.png", 0.9f), view("a_cam1.png", 0.1f)), List.of(), ANY).get(0);
    assertTrue(part.ok());
    assertEquals(1, part.images().size());
  }

  @Test
  void aPictureThatDoesNotFitIsAPartOfItsOwnThatMissesNothing() {
    Part part = Part.of(List.of(view("new/x.png", 0.1f)), List.of(), THREE).get(0);
    assertFalse(part.matched());
    assertTrue(part.ok());
    assertEquals("new/x.png", part.name());
  }

  @Test
  void withoutAThresholdAPartHasAScoreAndNoVerdict() {
    Inspection plain =
        new Inspection(Sample.unknown(Path.of("a_cam1.png"), "nut"), 0.1f, Optional.empty());
    List<Part> parts = Part.of(List.of(plain), List.of(), ANY);
    assertEquals(Optional.empty(), parts.get(0).kind());
    assertFalse(parts.get(0).ok());
    assertEquals("1 part", Part.counts(parts));
    assertEquals(
        Optional.of(Part.INCOMPLETE), Part.of(List.of(plain), List.of(), THREE).get(0).kind());
  }

  @Test
  void theTableHasARowAPartAndIsNoFormula() {
    List<Part> parts =
        Part.of(
            List.of(view("=a_cam1.png", 0.75f), view("b,c_cam1.png", 0.125f)),
            List.of("d_cam1.png"),
            THREE);
    assertEquals(
        String.join(
            "\r\n",
            "part,score,verdict,views,worst,missing,failed",
            "./=a,0.75,NOT OK,1,./=a_cam1.png,2,0",
            "\"b,c\",0.125,INCOMPLETE,1,\"b,c_cam1.png\",2,0",
            "d,,INCOMPLETE,0,,2,1",
            ""),
        PartsCsv.format(parts));
    assertEquals(
        Map.of(
            "part",
            "d",
            "verdict",
            "INCOMPLETE",
            "views",
            List.of(),
            "missing",
            2,
            "failed",
            List.of("d_cam1.png")),
        parts.get(2).content());
  }

  @Test
  void aPartHasAtLeastOneView() {
    assertThrows(InputException.class, () -> rule(OptionalInt.of(0)));
  }
}
