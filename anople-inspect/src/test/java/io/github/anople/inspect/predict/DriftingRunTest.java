package io.github.anople.inspect.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.DriftReference.Seen;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.report.Inspection;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lamp that fails during a run, a watch, and in a run that is over. */
@Timeout(60)
class DriftingRunTest {

  private static final Random RANDOM = new Random(21);
  private static final int SIDE = 48;

  @TempDir Path root;

  private final List<Drift> drifts = new ArrayList<>();
  private final PredictionListener listener =
      new PredictionListener() {
        @Override
        public void scored(Inspection inspection) {}

        @Override
        public void failed(Failure failure) {}

        @Override
        public synchronized void drifted(Drift drift) {
          drifts.add(drift);
        }
      };

  /** The detector of the tests scores by the first pixel, which the lamp does not reach. */
  private static byte[] png(double light) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double level = 100 + 30 * Math.sin(x) + RANDOM.nextInt(40);
        image.setRGB(x, y, ((int) (light * level)) * 0x010101);
      }
    }
    image.setRGB(0, 0, (20 + RANDOM.nextInt(5)) * 0x010101);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static DriftReference reference() {
    List<Seen> good = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] bytes = png(1);
      Look look = Look.of(new ImageReader().read(bytes, "good"));
      good.add(new Seen(Images.score(20 + i % 5), look));
    }
    return DriftReference.of(good);
  }

  private static PredictionSettings settings() {
    return new PredictionSettings(
        "nut", Optional.empty(), new ImageReader(), Optional.empty(), Optional.of(reference()));
  }

  private List<Path> pictures(int from, int count, double light) {
    List<Path> files = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      files.add(Images.write(root, "drop/%03d.png".formatted(i), png(light)));
    }
    return files;
  }

  private ResultFolder output() {
    return new ResultFolder(root.resolve("out"), Optional.empty(), false);
  }

  private JsonNode results() throws IOException {
    return new JsonMapper().readTree(root.resolve("out/results.json").toFile());
  }

  @Test
  void aRunTellsItToTheListenerAndInItsTableAndAfterwardsAgain() throws Exception {
    List<Path> files = pictures(0, 25, 1);
    files.addAll(pictures(25, 20, 0.8));
    new Predictor(new Images.Brightness(), settings(), Optional.of(output()), listener).run(files);
    assertEquals(1, drifts.size(), drifts::toString);
    JsonNode drift = results().at("/drift/drifts/0");
    assertEquals("light", drift.get("kind").textValue());
    assertEquals(-0.2, drift.get("size").doubleValue(), 0.03);
    assertTrue(drift.get("words").textValue().contains("darker than at calibration"));
    assertEquals(drifts.get(0).began(), drift.get("began").textValue());
    assertFalse(drift.has("ended"));
    assertEquals(30, results().at("/drift/calibrated").intValue());
    assertEquals(0.001, results().at("/drift/false_alarms").doubleValue());
    assertTrue(results().at("/images/0/look/brightness").isNumber());
    assertFalse(results().at("/images/0/look").has("places"));

    FinishedRun.Found again =
        FinishedRun.read(root.resolve("out"))
            .drift(settings().drift().get(), new ImageReader(), Optional.empty());
    assertEquals(1, again.summary().drifts().size());
    assertFalse(again.summary().blind());
    // Another picture under the old name is not what was scored.
    Files.write(files.get(3), png(0.1));
    Files.delete(files.get(4));
    again =
        FinishedRun.read(root.resolve("out"))
            .drift(settings().drift().get(), new ImageReader(), Optional.empty());
    assertEquals(1, again.summary().drifts().size());
    assertEquals(0, again.left());
    assertTrue(again.summary().blind());
  }

  @Test
  void aRunOfAnEarlierProgramIsSeenAgainWhereItsPicturesAre() throws Exception {
    List<Path> files = pictures(0, 20, 0.8);
    new Predictor(
            new Images.Brightness(),
            new PredictionSettings("nut", Optional.empty()),
            Optional.of(output()),
            listener)
        .run(files);
    assertEquals(List.of(), drifts);
    assertFalse(results().has("drift"));
    assertFalse(results().at("/images/0").has("look"));
    FinishedRun run = FinishedRun.read(root.resolve("out"));
    DriftReference reference = reference();
    Files.delete(files.get(0));
    FinishedRun.Found found = run.drift(reference, new ImageReader(), Optional.empty());
    assertEquals(1, found.left());
    assertEquals(1, found.summary().drifts().size());
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    InputException fault =
        assertThrows(
            InputException.class, () -> run.drift(reference, new ImageReader(), Optional.empty()));
    assertTrue(fault.getMessage().contains("no longer where they were"), fault.getMessage());
  }

  @Test
  void aFolderWithoutARunIsRefusedInOneLine() throws IOException {
    for (String wrong :
        List.of(
            "",
            "{",
            "[]",
            "{\"images\": []}",
            "{\"images\": [3]}",
            "{\"images\": [{\"path\": \"a\", \"score\": 2}]}",
            "{\"images\": [{\"path\": \"a\", \"score\": 0.2, \"look\": {\"red\": 1}}]}",
            "{\"images\": [{\"path\": \"a\", \"score\": 0.2, \"look\": []}]}")) {
      Files.writeString(root.resolve("results.json"), wrong);
      InputException fault = assertThrows(InputException.class, () -> FinishedRun.read(root));
      assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
    }
    assertThrows(InputException.class, () -> FinishedRun.read(root.resolve("nowhere")));
  }

  @Test
  void aWatchTellsItOnceAlsoAcrossRestarts() throws Exception {
    PredictionSettings settings = settings();
    pictures(0, 25, 1);
    watch(settings);
    pictures(25, 12, 0.8);
    watch(settings);
    assertEquals(List.of(), drifts, "half of the last 20 are as they were");
    pictures(37, 8, 0.8);
    watch(settings);
    assertEquals(1, drifts.size(), drifts::toString);
    pictures(45, 20, 0.8);
    watch(settings);
    assertEquals(1, drifts.size(), drifts::toString);
    assertEquals(1, results().at("/drift/drifts").size());
    pictures(65, 25, 1);
    watch(settings);
    assertEquals(2, drifts.size(), drifts::toString);
    assertTrue(results().at("/drift/drifts/0").has("ended"));
    watch(settings);
    assertEquals(2, drifts.size());
    assertEquals(1, results().at("/drift/drifts").size());
    assertEquals(90, results().at("/drift/pictures").intValue());
  }

  @Test
  void aWatchThatAnEarlierProgramBeganGoesOn() throws Exception {
    PredictionSettings before = new PredictionSettings("nut", Optional.empty());
    pictures(0, 20, 0.8);
    watch(before);
    assertFalse(results().has("drift"));
    PredictionSettings settings = settings();
    pictures(20, 20, 0.8);
    watch(settings);
    assertEquals(1, drifts.size(), drifts::toString);
    assertEquals(20, results().at("/drift/pictures").intValue());
    watch(before);
    assertFalse(results().has("drift"));
  }

  private void watch(PredictionSettings settings) throws InterruptedException {
    FolderWatch.Plan plan =
        new FolderWatch.Plan(
            root.resolve("drop"),
            "detector",
            output(),
            settings,
            new WatchSettings(Duration.ofMillis(5), Duration.ofSeconds(10)));
    try (WatchSession session =
        new FolderWatch(new Images.Brightness(), plan, listener).open(() -> 0)) {
      session.scan(() -> true);
      session.scan(() -> true);
    }
  }
}
