package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.MvtecLayout;
import io.github.anople.inspect.metric.PixelMetrics;
import io.github.anople.inspect.metric.PixelScores;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.Inspection;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test says of a detector that does not look at the right half. */
class RegionEvaluationTest {

  private static final int SIDE = RedDetector.SIDE;
  private static final int LARGE = 4 * SIDE;

  private static final Region LEFT =
      Region.ignoring(
          new PolygonArea(
              List.of(
                  List.of(
                      List.of(0.5, 0.0),
                      List.of(1.0, 0.0),
                      List.of(1.0, 1.0),
                      List.of(0.5, 1.0)))));

  @TempDir Path root;

  /** {@link RedDetector}, of what counts. */
  private static final class LeftDetector implements AnomalyDetector {

    private final RedDetector whole = new RedDetector();

    @Override
    public PreparedImage prepare(RgbImage image) {
      return whole.prepare(new FilledRegion(LEFT, List.of(0, 0, 0)).fill(image));
    }

    @Override
    public List<Detection> detectPrepared(List<PreparedImage> images) {
      List<Detection> found = new ArrayList<>();
      boolean[] counted = LEFT.counted(SIDE, SIDE);
      for (Detection one : whole.detectPrepared(images)) {
        float[] map = one.map().toArray();
        for (int i = 0; i < map.length; i++) {
          map[i] = counted[i] ? map[i] : 0;
        }
        ScoreMap left = ScoreMap.of(SIDE, SIDE, map);
        found.add(new Detection(left.max(), left));
      }
      return found;
    }

    @Override
    public Optional<Region> region() {
      return Optional.of(LEFT);
    }

    @Override
    public int imageSize() {
      return SIDE;
    }

    @Override
    public void close() {}
  }

  /** Noise, with a red square if there is one. */
  private static BufferedImage image(int number, int left, int side) {
    SplittableRandom random = new SplittableRandom(number);
    BufferedImage image = new BufferedImage(LARGE, LARGE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < LARGE * LARGE; i++) {
      image.setRGB(i % LARGE, i / LARGE, random.nextInt(40) << 16);
    }
    return square(image, left, side, 0xC00000);
  }

  private static BufferedImage mask(int left, int side) {
    return square(
        new BufferedImage(LARGE, LARGE, BufferedImage.TYPE_INT_RGB), left, side, 0xFFFFFF);
  }

  private static BufferedImage square(BufferedImage image, int left, int side, int colour) {
    for (int i = 0; i < side * side; i++) {
      image.setRGB(left + i % side, 9 + i / side, colour);
    }
    return image;
  }

  private void write(String path, BufferedImage image) throws IOException {
    Path file = root.resolve("nut").resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private void defect(String type, String name, int number, int left, int side) throws IOException {
    write("test/" + type + "/" + name + ".png", image(number, left, side));
    write("ground_truth/" + type + "/" + name + "_mask.png", mask(left, side));
  }

  private void dataset() throws IOException {
    write("train/good/0.png", image(0, 0, 0));
    write("test/good/0.png", image(1, 0, 0));
    defect("scratch", "0", 3, 2, 9);
    defect("scratch", "1", 4, 9, 14); // half of it counts
  }

  private Evaluation run(Optional<EvaluationFolder> folder) throws InterruptedException {
    InspectionDataset.Category category = MvtecLayout.read(root, List.of("nut")).category("nut");
    return new Evaluator(new LeftDetector(), Optional.empty(), folder, EvaluationListener.SILENT)
        .run(category);
  }

  @Test
  void aDefectWhereNobodyLooksChangesNoMetricAndIsNoted() throws Exception {
    dataset();
    write("test/good/1.png", image(2, 0, 0));
    Evaluation before = run(Optional.empty());
    Files.delete(root.resolve("nut/test/good/1.png"));
    // From the very border on: of a mask that is shrunk afterwards, a pixel would be left.
    defect("hidden", "0", 2, LARGE / 2, 14);
    Evaluation after = run(Optional.empty());
    assertEquals(before.overall(), after.overall());
    assertEquals(before.defectTypes(), after.defectTypes());
    assertEquals(2, after.overall().good());
    assertEquals(2, after.overall().defective());
    assertTrue(
        after.notes().stream().anyMatch(note -> note.contains("ignored-defect")),
        after.notes()::toString);
    Inspection hidden =
        after.images().stream()
            .filter(one -> one.path().contains("hidden"))
            .findFirst()
            .orElseThrow();
    assertEquals(Label.NORMAL, hidden.sample().label());
    assertTrue(hidden.noteWords().contains("does not look"), hidden.noteWords());
  }

  @Test
  void ofADefectThatReachesBeyondTheBorderThePartThatCountsIsMeasured() throws Exception {
    dataset();
    Evaluation found = run(Optional.empty());
    assertEquals(2, found.overall().regions());
    assertEquals(2, found.overall().masked());
  }

  @Test
  void theReportSaysWhatIsHatched() throws Exception {
    dataset();
    Path results = root.resolve("results");
    EvaluationFolder folder =
        new EvaluationFolder(
            new ResultFolder(results, Optional.of(ResultFolder.scale(0.5f)), true),
            Optional.empty());
    folder.create();
    folder.finish(List.of(run(Optional.of(folder))), List.of(), "{}", Optional.empty());
    assertTrue(Files.readString(results.resolve("report.html")).contains("Hatched in grey"));
    BufferedImage overlay = ImageIO.read(results.resolve("images/nut/scratch/0.png").toFile());
    for (int i = 0; i < LARGE * LARGE; i++) {
      int pixel = overlay.getRGB(i % LARGE, i / LARGE);
      boolean grey =
          (pixel >> 16 & 0xFF) == (pixel & 0xFF) && (pixel >> 8 & 0xFF) == (pixel & 0xFF);
      assertTrue(grey || i % LARGE < LARGE / 2, "pixel " + i);
    }
  }

  @Test
  void metricsOfAPartAreThoseOfAMapThatIsCutToIt() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int height = 2 + random.nextInt(8);
      int width = 3 + random.nextInt(8);
      int cut = 1 + random.nextInt(width - 1);
      PixelScores part = new PixelScores();
      PixelScores whole = new PixelScores();
      PixelScores all = new PixelScores();
      for (int image = 0; image < 3; image++) {
        float[] values = new float[height * width];
        byte[] marks = new byte[values.length];
        boolean[] counted = new boolean[values.length];
        float[] left = new float[height * cut];
        byte[] leftMarks = new byte[left.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextInt(9) / 9f;
          marks[i] = (byte) (i == 0 || random.nextInt(3) == 0 ? 1 : 0);
          counted[i] = i % width < cut;
          if (counted[i]) {
            left[i / width * cut + i % width] = values[i];
            leftMarks[i / width * cut + i % width] = marks[i];
          }
        }
        part.add(ScoreMap.of(height, width, values), marks, counted);
        whole.add(ScoreMap.of(height, cut, left), leftMarks);
        all.add(ScoreMap.of(height, width, values), marks);
      }
      assertEquals(PixelMetrics.of(List.of(whole)), PixelMetrics.of(List.of(part)), "seed " + seed);
      assertEquals(whole.regions(), part.regions());
      assertEquals(whole.normalPixels(), part.normalPixels());
      assertNotEquals(all.normalPixels() + all.anomalousPixels(), part.normalPixels());
    }
  }
}
