package io.github.anople.inspect.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.MvtecLayout;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.PixelTruth;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvaluatorTest {

  private static final int SIDE = RedDetector.SIDE;

  @TempDir Path root;

  private final Heard heard = new Heard();

  @BeforeEach
  void aCategoryWithOneGoodImage() throws IOException {
    image("train/good/0.png", SIDE, 10);
    image("test/good/0.png", SIDE, 10);
    image("test/good/1.png", SIDE, 20);
  }

  @Test
  void defectsThatAreSeenWhereTheyAreHavePerfectMetrics() throws Exception {
    defect("scratch", "0", SIDE, 200, SIDE);
    defect("scratch", "1", SIDE, 210, SIDE);
    Evaluation found = run();
    assertEquals(OptionalDouble.empty(), found.overall().metrics().get(Metric.PART_AUROC));
    for (Metric metric : EnumSet.complementOf(EnumSet.of(Metric.PART_AUROC))) {
      double expected = metric == Metric.IMAGE_F1_THRESHOLD ? RedDetector.score(200) : 1;
      assertEquals(OptionalDouble.of(expected), found.overall().metrics().get(metric), metric.id());
    }
    assertEquals(List.of(), found.notes());
    assertEquals(List.of(), found.failures());
    assertEquals(2, found.overall().good());
    assertEquals(2, found.overall().defective());
    assertEquals(2, found.overall().masked());
    assertEquals(2, found.overall().regions());
    assertEquals(4, found.images().size());
  }

  @Test
  void boxesAreMeasuredAgainstThoseOfTheMasksOverAllAndForEachKind() throws Exception {
    defect("dent", "0", SIDE, 15, SIDE);
    defect("scratch", "0", SIDE, 200, SIDE);
    defect("scratch", "1", SIDE, 200, 4 * SIDE);
    InspectionDataset data = MvtecLayout.read(root);
    DefectRule rule = DefectRule.manual(RedDetector.score(15));
    Evaluation found =
        new Evaluator(
                new RedDetector(),
                Optional.empty(),
                Optional.of(rule),
                Optional.empty(),
                heard,
                new ImageReader())
            .run(data.categories().get(0));
    // One of the two good pictures is brighter than the dent, which is not above the threshold.
    assertEquals(Optional.of(new BoxNumbers(3, 2, 2, 2, 2, 2, 1)), found.overall().boxes());
    assertEquals(
        Optional.of(new BoxNumbers(1, 0, 0, 0, 0, 2, 1)), found.defectTypes().get(0).boxes());
    assertEquals(
        Optional.of(new BoxNumbers(2, 2, 2, 2, 2, 2, 1)), found.defectTypes().get(1).boxes());
    assertEquals(1, found.images().get(3).defects().orElseThrow().count());
    Map<?, ?> json =
        (Map<?, ?>) ((List<?>) EvaluationJson.of(List.of(found)).get("categories")).get(0);
    Map<?, ?> boxes = (Map<?, ?>) json.get("boxes");
    assertEquals(2 / 3.0, boxes.get("found_share"));
    assertEquals(1.0, boxes.get("mean_iou"));
    assertEquals(1, boxes.get("good_with_boxes"));
    assertEquals(Optional.empty(), run().overall().boxes(), "without a rule");
  }

  @Test
  void eachKindOfDefectIsMeasuredAgainstAllGoodImages() throws Exception {
    defect("dent", "0", SIDE, 15, SIDE);
    defect("scratch", "0", SIDE, 200, SIDE);
    Evaluation found = run();
    assertEquals(
        List.of("dent", "scratch"),
        found.defectTypes().stream().map(Evaluation.Part::name).toList());
    MetricTable dent = found.defectTypes().get(0).metrics();
    MetricTable scratch = found.defectTypes().get(1).metrics();
    assertEquals(OptionalDouble.of(0.5), dent.get(Metric.IMAGE_AUROC));
    assertEquals(OptionalDouble.of(1), scratch.get(Metric.IMAGE_AUROC));
    assertEquals(OptionalDouble.of(0.75), found.overall().metrics().get(Metric.IMAGE_AUROC));
    // The dent's two pixels (15) against two good pictures (10 and 20) and its own rest (0).
    double pixels = SIDE * SIDE;
    double expected = (pixels + pixels - 2) / (3 * pixels - 2);
    assertEquals(expected, dent.get(Metric.PIXEL_AUROC).orElseThrow(), 1e-9);
  }

  @Test
  void aMaskOfAnotherSizeIsResizedAndThatIsSaidOnce() throws Exception {
    defect("scratch", "0", 2 * SIDE, 200, 4 * SIDE);
    defect("scratch", "1", SIDE, 200, 3 * SIDE);
    Evaluation found = run();
    assertEquals(OptionalDouble.of(1), found.overall().metrics().get(Metric.AUPRO));
    assertNote(
        found,
        "2 masks have a different size from their pictures and were resized",
        "scratch/0_mask.png: 32 x 32",
        "16 x 16");
  }

  @Test
  void aMaskThatMarksNearlyEverythingMayBeInverted() throws Exception {
    defect("scratch", "0", SIDE, 200, SIDE);
    defect("scratch", "1", SIDE, 200, SIDE);
    BufferedImage inverted = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 2; i < SIDE * SIDE; i++) {
      inverted.getRaster().setSample(i % SIDE, i / SIDE, 0, 255);
    }
    Path mask = root.resolve("nut/ground_truth/scratch/1_mask.png");
    assertTrue(Files.exists(mask));
    ImageIO.write(inverted, "png", mask.toFile());
    assertNote(run(), "1 mask marks more than 95 % of the picture", "inverted", "1_mask.png");
  }

  @Test
  void aMissingMaskLeavesThePixelsOutAndTheScoreIn() throws Exception {
    defect("scratch", "0", SIDE, 200, SIDE);
    image("test/scratch/1.png", SIDE, 5);
    Evaluation found = run();
    assertEquals(OptionalDouble.of(1), found.overall().metrics().get(Metric.PIXEL_AUROC));
    assertEquals(OptionalDouble.of(0.5), found.overall().metrics().get(Metric.IMAGE_AUROC));
    assertEquals(2, found.overall().defective());
    assertEquals(1, found.overall().masked());
    assertNote(found, "'scratch' lacks the 1 mask of 2 pictures", "test/scratch/1.png");
    assertEquals(PixelTruth.NO_MASK, found.images().get(3).truth());
  }

  @Test
  void aKindOfDefectWithoutMasksIsSaidOnce() throws Exception {
    defect("dent", "0", SIDE, 200, SIDE);
    for (int i = 0; i < 5; i++) {
      image("test/scratch/" + i + ".png", SIDE, 100);
    }
    Evaluation found = run();
    assertNote(found, "'scratch' has no masks: pixel metrics leave its 5 pictures out");
    MetricTable scratch = found.defectTypes().get(1).metrics();
    assertEquals(OptionalDouble.of(1), scratch.get(Metric.IMAGE_AUROC));
    assertEquals(OptionalDouble.empty(), scratch.get(Metric.PIXEL_AUROC));
    assertEquals(OptionalDouble.empty(), scratch.get(Metric.AUPRO));
    assertEquals(OptionalDouble.of(1), found.overall().metrics().get(Metric.PIXEL_AUROC));
  }

  @Test
  void goodImagesOnlyHaveScoresAndNoMetrics() throws Exception {
    Evaluation found = run();
    assertEquals(2, found.images().size());
    assertEquals(Map.of(), found.overall().metrics().values());
    assertEquals(List.of(), found.defectTypes());
    assertNote(found, "only good test pictures");
    assertEquals(2, heard.scored.size());
  }

  @Test
  void withoutGoodImagesPixelsStillHaveMetrics() throws Exception {
    Files.delete(root.resolve("nut/test/good/0.png"));
    Files.delete(root.resolve("nut/test/good/1.png"));
    Files.delete(root.resolve("nut/test/good"));
    defect("dent", "0", SIDE, 200, SIDE);
    Evaluation found = run();
    assertNote(found, "there are no good test pictures");
    assertEquals(OptionalDouble.empty(), found.overall().metrics().get(Metric.IMAGE_AUROC));
    assertEquals(OptionalDouble.of(1), found.overall().metrics().get(Metric.PIXEL_AUROC));
  }

  @Test
  void anEmptyCategoryHasNothingToMeasure() throws Exception {
    InspectionDataset.Category empty = new InspectionDataset.Category("nut", List.of(), List.of());
    Evaluation found = new Evaluator(new RedDetector(), heard).run(empty);
    assertEquals(List.of(), found.images());
    assertEquals(Map.of(), found.overall().metrics().values());
    assertNote(found, "nothing to measure");
  }

  @Test
  void whatCannotBeReadIsReportedAndTheRestGoesOn() throws Exception {
    defect("dent", "0", SIDE, 200, SIDE);
    defect("dent", "1", SIDE, 200, SIDE);
    defect("dent", "2", SIDE, 30, SIDE);
    Files.writeString(root.resolve("nut/test/dent/1.png"), "no picture", UTF_8);
    Files.writeString(root.resolve("nut/ground_truth/dent/2_mask.png"), "no mask", UTF_8);
    Evaluation found = run();
    assertEquals(2, found.failures().size());
    assertTrue(found.failures().get(0).path().endsWith("test/dent/1.png"));
    assertTrue(found.failures().get(1).path().endsWith("ground_truth/dent/2_mask.png"));
    assertEquals(found.failures(), heard.failed);
    assertEquals(
        List.of("0.png", "2.png", "0.png", "1.png"),
        found.images().stream()
            .map(image -> image.sample().image().getFileName().toString())
            .toList());
    assertEquals(PixelTruth.UNREADABLE_MASK, found.images().get(1).truth());
    assertEquals(2, found.overall().defective());
    assertEquals(1, found.overall().masked());
    assertEquals(OptionalDouble.of(1), found.overall().metrics().get(Metric.IMAGE_AUROC));
  }

  @Test
  void anEmptyMaskCountsAsGoodPixelsAndThatIsSaid() throws Exception {
    defect("dent", "0", SIDE, 200, SIDE);
    image("test/dent/1.png", SIDE, 100);
    image("ground_truth/dent/1_mask.png", SIDE, 0);
    Evaluation found = run();
    assertNote(found, "1 mask marks no pixel", "dent/1_mask.png");
    assertEquals(1, found.overall().regions());
    assertEquals(2, found.overall().masked());
  }

  @Test
  void anImageThatNobodyJudgedIsScoredOnly() throws Exception {
    Path image = root.resolve("nut/test/good/0.png");
    Sample sample = new Sample(image, Optional.empty(), Label.UNKNOWN, "nut", "unknown");
    InspectionDataset.Category category =
        new InspectionDataset.Category("nut", List.of(), List.of(sample));
    Evaluation found = new Evaluator(new RedDetector(), heard).run(category);
    assertEquals(RedDetector.score(10), found.images().get(0).score());
    assertEquals(PixelTruth.UNKNOWN, found.images().get(0).truth());
    assertTrue(found.notes().get(1).contains("1 picture has no label"), found.notes()::toString);
  }

  @Test
  void theListenerSeesMapsAndMasks() throws Exception {
    defect("dent", "0", 2 * SIDE, 200, 4 * SIDE);
    run();
    byte[] expected = new byte[SIDE * SIDE];
    expected[0] = 1;
    expected[1] = 1;
    EvaluationListener.Seen dent = heard.seen.get("dent/0.png");
    assertArrayEquals(expected, dent.mask().orElseThrow());
    assertEquals(RedDetector.score(200), dent.map().at(0, 1));
    assertEquals(2 * SIDE, dent.image().width());
    assertFalse(heard.seen.get("good/0.png").mask().isPresent());
  }

  @Test
  void aMeanIsOverCategories() throws Exception {
    defect("dent", "0", SIDE, 15, SIDE);
    Evaluation half = run();
    defect("dent", "0", SIDE, 200, SIDE);
    Evaluation whole = run();
    MetricTable mean = Evaluation.mean(List.of(half, whole));
    assertEquals(OptionalDouble.of(0.75), mean.get(Metric.IMAGE_AUROC));
    assertEquals(OptionalDouble.empty(), mean.get(Metric.IMAGE_F1_THRESHOLD));
  }

  private Evaluation run() throws InterruptedException {
    InspectionDataset.Category category = MvtecLayout.read(root, List.of("nut")).category("nut");
    return new Evaluator(new RedDetector(), heard).run(category);
  }

  private static void assertNote(Evaluation found, String... parts) {
    assertEquals(1, found.notes().size(), found.notes()::toString);
    for (String part : parts) {
      assertTrue(found.notes().get(0).contains(part), found.notes()::toString);
    }
  }

  /** A picture with its upper left corner red, 2 by 1 of the map's pixels, and its mask. */
  private void defect(String type, String name, int side, int red, int maskSide)
      throws IOException {
    write("test/" + type + "/" + name + ".png", corner(side, red));
    write("ground_truth/" + type + "/" + name + "_mask.png", corner(maskSide, 255));
  }

  private void image(String path, int side, int red) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, red << 16);
    }
    write(path, image);
  }

  private static BufferedImage corner(int side, int red) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side / SIDE; y++) {
      for (int x = 0; x < 2 * side / SIDE; x++) {
        image.setRGB(x, y, red << 16);
      }
    }
    return image;
  }

  private void write(String path, BufferedImage image) throws IOException {
    Path file = root.resolve("nut").resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  /** Remembers what it hears. */
  private static final class Heard implements EvaluationListener {

    final List<Inspection> scored = new ArrayList<>();
    final Map<String, Seen> seen = new HashMap<>();
    final List<Failure> failed = new ArrayList<>();

    @Override
    public void scored(Inspection image, Seen what) {
      scored.add(image);
      Path file = image.sample().image();
      seen.put(file.getParent().getFileName() + "/" + file.getFileName(), what);
    }

    @Override
    public void failed(Sample sample, Failure failure) {
      failed.add(failure);
    }
  }
}
