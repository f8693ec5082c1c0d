package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Scene;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.ReportThreshold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgedTest {

  private static final List<Inspection> IMAGES =
      List.of(
          image("passed", Label.NORMAL, 0.05f),
          image("at the threshold", Label.NORMAL, 0.25f),
          image("alarm", Label.NORMAL, 0.3f),
          image("unknown", Label.UNKNOWN, 0.9f),
          image("found", Label.ANOMALOUS, 0.6f),
          image("missed", Label.ANOMALOUS, 0.1f));

  @Test
  void theMissFurthestFromTheThresholdComesFirstAndUnknownImagesLast() {
    assertEquals(
        List.of(
            "missed MISSED",
            "alarm FALSE_ALARM",
            "at the threshold PASSED",
            "passed PASSED",
            "found FOUND",
            "unknown CALLED_DEFECTIVE"),
        told(judged(OptionalDouble.of(0.25))));
  }

  @Test
  void anImageThatIsUnlikeTheProductIsCalledDefectiveWhateverItsScore() {
    List<Judged> judged =
        Judged.worstFirst(
            ReportFixture.with(
                List.of(unlike("dark", Label.NORMAL), unlike("covered", Label.ANOMALOUS)),
                new ReportThreshold(OptionalDouble.of(0.25), ReportThreshold.Origin.MANUAL, ""),
                List.of()));
    assertEquals(List.of("dark FALSE_ALARM", "covered FOUND"), told(judged));
    assertTrue(judged.get(0).severity() > 0 && judged.get(1).severity() < 0);
  }

  @Test
  void betweenTwoThresholdsAnImageIsUncertainAndComesAfterTheMisses() {
    ReportThreshold two =
        new ReportThreshold(
            OptionalDouble.of(0.7), ReportThreshold.Origin.MANUAL, "", OptionalDouble.of(0.2));
    assertEquals(
        List.of(
            "missed MISSED",
            "alarm UNCERTAIN",
            "found UNCERTAIN",
            "at the threshold UNCERTAIN",
            "passed PASSED",
            "unknown CALLED_DEFECTIVE"),
        told(Judged.worstFirst(ReportFixture.with(IMAGES, two, List.of()))));
  }

  private static Inspection unlike(String name, Label label) {
    Verdict verdict =
        new Verdict(
            0.1f, Threshold.manual(0.25f), List.of(new SceneFault(Scene.Measure.DARK, 2, 1)));
    return new Inspection(
        new Sample(Path.of(name), Optional.empty(), label, "washer", "any"),
        0.1f,
        Optional.of(verdict));
  }

  @Test
  void withoutAThresholdTheImageWithTheMostOthersOnItsWrongSideComesFirst() {
    assertEquals(
        List.of(
            // Two of three good images lie above it.
            "missed MISRANKED",
            // One of two defective images lies below each of them; the higher score looks worse.
            "alarm MISRANKED",
            "at the threshold MISRANKED",
            "passed RANKED",
            "found RANKED",
            "unknown UNJUDGED"),
        told(judged(OptionalDouble.empty())));
  }

  @Test
  void thousandsOfImagesAreCutToTheWorstAndASampleOfTheOthers() {
    List<Inspection> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      many.add(image("%04d".formatted(i), Label.NORMAL, i / 5000f));
    }
    List<Judged> all = Judged.worstFirst(ReportFixture.bare(many));
    List<Judged> shown = Gallery.shown(all);
    assertEquals(200, shown.size());
    assertEquals(all.subList(0, 150), shown.subList(0, 150));
    assertEquals(all.get(4999), shown.get(199));
    assertEquals(200, shown.stream().distinct().count());
  }

  private static List<Judged> judged(OptionalDouble threshold) {
    ReportThreshold.Origin origin =
        threshold.isPresent() ? ReportThreshold.Origin.MANUAL : ReportThreshold.Origin.NONE;
    return Judged.worstFirst(
        ReportFixture.with(IMAGES, new ReportThreshold(threshold, origin, ""), List.of()));
  }

  private static List<String> told(List<Judged> images) {
    return images.stream().map(it -> it.image().path() + " " + it.outcome()).toList();
  }

  private static Inspection image(String name, Label label, float score) {
    return ReportFixture.result(name, "any", label, score);
  }
}
