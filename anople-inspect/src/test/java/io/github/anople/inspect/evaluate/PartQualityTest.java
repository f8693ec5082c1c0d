package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.PartPattern;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.PartRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartQualityTest {

  private static final PartRule REAL_IAD = new PartRule(PartPattern.realIad(), OptionalInt.empty());

  private static Inspection view(int part, int camera, boolean bad, float score) {
    Path path = Path.of("usb/S%04d/usb_%04d_C%d_2023.jpg".formatted(part, part, camera));
    Sample sample =
        new Sample(
            path,
            Optional.empty(),
            bad ? Label.ANOMALOUS : Label.NORMAL,
            "usb",
            bad ? "pit" : Sample.GOOD);
    return new Inspection(sample, score, Optional.of(Threshold.manual(0.5f).judge(score)));
  }

  private static Evaluation evaluation(List<Inspection> images) {
    Evaluation.Part overall = new Evaluation.Part("usb", new MetricTable(Map.of()), 1, 1, 0, 0);
    return new Evaluation("usb", images, overall, List.of(), List.of(), List.of(), Duration.ZERO);
  }

  @Test
  void aPartIsDefectiveWhereOneViewIsAndHasItsLargestScore() {
    Evaluation found =
        evaluation(
                List.of(
                    view(1, 1, false, 0.125f),
                    view(1, 2, false, 0.25f),
                    // The defect shows in the second view alone.
                    view(2, 1, false, 0.125f),
                    view(2, 2, true, 0.75f)))
            .withParts(REAL_IAD);
    PartQuality parts = found.parts().orElseThrow();
    assertEquals(1, parts.count(Label.NORMAL));
    assertEquals(1, parts.count(Label.ANOMALOUS));
    assertEquals(1, parts.metrics().get(Metric.IMAGE_AUROC).orElseThrow());
    assertEquals(
        Map.of(Verdict.OK, 0, Verdict.UNCERTAIN, 0, "INCOMPLETE", 0, Verdict.NOT_OK, 1),
        parts.decisions(Label.ANOMALOUS));
    assertTrue(parts.words().startsWith("1 good, 1 defective parts: "), parts::words);
    assertEquals(Optional.of("usb/S0002/usb_0002"), found.images().get(3).part());
    Map<?, ?> json = (Map<?, ?>) category(found).get("parts");
    assertEquals(1, json.get("good"));
    assertEquals(1.0, ((Map<?, ?>) json.get("metrics")).get("image_auroc"));
    assertEquals(Map.of("part_auroc", 1.0), category(found).get("metrics"));
    assertEquals(Map.of("part_auroc", 1.0), EvaluationJson.of(List.of(found)).get("mean"));
    assertEquals(
        Map.of("image_auroc", 1.0, "image_ap", 1.0, "image_f1_max", 1.0),
        EvaluationJson.of(List.of(found)).get("mean_of_parts"));
  }

  private static Map<?, ?> category(Evaluation found) {
    return (Map<?, ?>) ((List<?>) EvaluationJson.of(List.of(found)).get("categories")).get(0);
  }

  /** Against counting all pairs of parts. */
  @Test
  void theAurocOfPartsIsTheShareOfPairsInOrder() {
    long seed = 41L;
    System.out.println("parts: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < 50; trial++) {
      int count = 4 + random.nextInt(20);
      List<Inspection> images = new ArrayList<>();
      float[] worst = new float[count];
      boolean[] bad = new boolean[count];
      for (int part = 0; part < count; part++) {
        for (int camera = 1; camera <= 1 + random.nextInt(5) || camera <= 2; camera++) {
          boolean shows = part % 2 == 1 && (camera == 1 || random.nextBoolean());
          float score = random.nextInt(8) / 8f;
          images.add(view(part, camera, shows, score));
          worst[part] = Math.max(worst[part], score);
          bad[part] |= shows;
        }
      }
      double right = 0;
      int pairs = 0;
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
          if (bad[i] && !bad[j]) {
            pairs++;
            right += worst[i] > worst[j] ? 1 : worst[i] == worst[j] ? 0.5 : 0;
          }
        }
      }
      Evaluation found = evaluation(images).withParts(REAL_IAD);
      OptionalDouble auroc = found.overall().metrics().get(Metric.PART_AUROC);
      assertEquals(right / pairs, auroc.orElseThrow(), 1e-12);
      assertEquals(auroc, found.parts().orElseThrow().metrics().get(Metric.IMAGE_AUROC));
    }
  }

  @Test
  void partsOfOneViewEachSayNothingNew() {
    Evaluation found = evaluation(List.of(view(1, 1, false, 0.1f), view(2, 1, true, 0.9f)));
    assertEquals(found, found.withParts(REAL_IAD));
  }

  @Test
  void goodPartsAloneHaveNoAuroc() {
    Evaluation found =
        evaluation(List.of(view(1, 1, false, 0.1f), view(1, 2, false, 0.9f))).withParts(REAL_IAD);
    assertEquals(1, found.parts().orElseThrow().count(Label.NORMAL));
    assertEquals(OptionalDouble.empty(), found.overall().metrics().get(Metric.PART_AUROC));
  }

  @Test
  void onlyALayoutThatSaysSoHasPartsOfItsOwn() {
    assertEquals(Optional.empty(), PartRule.ofLayout("mvtec"));
    assertEquals(Optional.empty(), PartRule.ofLayout("folder"));
    PartRule rule = PartRule.ofLayout("real-iad").orElseThrow();
    assertEquals("a/usb_0001_OK", rule.part("a/usb_0001_OK_C2_2023.jpg"));
    assertEquals(OptionalInt.empty(), rule.views());
  }
}
