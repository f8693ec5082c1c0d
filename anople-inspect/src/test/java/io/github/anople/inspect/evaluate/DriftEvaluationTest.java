package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a test's good pictures still look as those of the calibration did. */
@Timeout(60)
class DriftEvaluationTest {

  private static final int SIDE = 48;

  private final Random random = new Random(17);

  @TempDir Path root;

  @Test
  void ofGoodPicturesItIsToldFromWhichOnTheyAreDarker() throws Exception {
    List<Sample> samples = samples(Label.NORMAL, 25, 1);
    samples.addAll(samples(Label.NORMAL, 25, 0.7));
    Evaluation found = run(samples, Optional.of(reference()));
    List<Drift> drifts = found.drift().orElseThrow().drifts();
    Drift light =
        drifts.stream()
            .filter(one -> one.change().kind() == Change.Kind.LIGHT)
            .findFirst()
            .orElseThrow();
    int began =
        IntStream.range(0, 50)
            .filter(i -> path(found, i).equals(light.began()))
            .findFirst()
            .orElseThrow();
    assertTrue(began >= 25, "began with " + began);
    assertTrue(light.lasts());
    assertEquals(light.words(), told(found).get(0));
  }

  @Test
  void defectivePicturesAreNotCompared() throws Exception {
    List<Sample> samples = samples(Label.NORMAL, 20, 1);
    samples.addAll(samples(Label.ANOMALOUS, 25, 0.5));
    DriftSummary summary = run(samples, Optional.of(reference())).drift().orElseThrow();
    assertEquals(List.of(), summary.drifts());
    assertEquals(20, summary.pictures());
  }

  @Test
  void withoutACalibrationThereIsNothingToCompareWith() throws Exception {
    Evaluation found = run(samples(Label.NORMAL, 3, 1), Optional.empty());
    assertEquals(Optional.empty(), found.drift());
    assertFalse(category(found).containsKey("drift"));
  }

  private static String path(Evaluation found, int image) {
    return found.images().get(image).path();
  }

  private static List<String> told(Evaluation found) {
    Map<?, ?> drift = (Map<?, ?>) category(found).get("drift");
    return ((List<?>) drift.get("drifts"))
        .stream().map(one -> (String) ((Map<?, ?>) one).get("words")).toList();
  }

  private static Map<?, ?> category(Evaluation found) {
    return (Map<?, ?>) ((List<?>) EvaluationJson.of(List.of(found)).get("categories")).get(0);
  }

  private Evaluation run(List<Sample> samples, Optional<DriftReference> reference)
      throws InterruptedException {
    return new Evaluator(
            new RedDetector(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            EvaluationListener.SILENT,
            new ImageReader(),
            reference)
        .run(new InspectionDataset.Category("nut", List.of(), samples));
  }

  private DriftReference reference() {
    RedDetector detector = new RedDetector();
    List<DriftReference.Seen> good = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RgbImage image = RgbImage.of(picture(1));
      float score = detector.detectPrepared(List.of(detector.prepare(image))).get(0).score();
      good.add(new DriftReference.Seen(score, Look.of(image)));
    }
    return DriftReference.of(good);
  }

  private List<Sample> samples(Label label, int count, double light) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = root.resolve("%s_%s_%02d.png".formatted(label, light, i));
      try (var out = Files.newOutputStream(file)) {
        ImageIO.write(picture(light), "png", out);
      }
      String type = label == Label.NORMAL ? Sample.GOOD : "dent";
      samples.add(new Sample(file, Optional.empty(), label, "nut", type));
    }
    return samples;
  }

  private BufferedImage picture(double light) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double level = 100 + 30 * Math.sin(x) + random.nextInt(40);
        image.setRGB(x, y, ((int) (light * level)) * 0x010101);
      }
    }
    return image;
  }
}
