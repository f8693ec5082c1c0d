package io.github.anople.inspect.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.MinArea;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.PartPattern;
import io.github.anople.inspect.report.PartRule;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PredictorTest {

  private static final PredictionSettings PLAIN = new PredictionSettings("nut", Optional.empty());

  private final Images.Brightness detector = new Images.Brightness();
  private final Images.Heard heard = new Images.Heard();

  @TempDir Path root;

  @Test
  void resultsAreInTheOrderOfTheImagesWhateverTheirSizes() throws Exception {
    Random random = new Random(7);
    List<Path> files = new ArrayList<>();
    List<Float> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int grey = random.nextInt(256);
      byte[] png = Images.png(grey, 1 + random.nextInt(200), 1 + random.nextInt(200));
      files.add(Images.write(root, i + ".png", png));
      expected.add(Images.score(grey));
    }
    Predictions found = predictor(PLAIN, Optional.empty()).run(files);
    assertEquals(expected, found.scored().stream().map(p -> p.score()).toList());
    assertEquals(files.stream().map(Path::toString).toList(), heard.scored);
    assertTrue(detector.batches.stream().anyMatch(size -> size > 1), "pictures go in batches");
  }

  @Test
  void fewImagesAreInMemoryHoweverManyThereAre() throws Exception {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger delivered = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RgbImage image = new ImageReader().read(Images.png(3), "grey");
    Scoring<Path> scoring =
        Scoring.of(
            detector,
            file -> {
              most.accumulateAndGet(read.incrementAndGet() - delivered.get(), Math::max);
              return image;
            });
    Iterator<Path> files = Stream.generate(() -> Path.of("x")).limit(5000).iterator();
    scoring.run(files, () -> true, counting(delivered));
    assertEquals(5000, delivered.get());
    assertTrue(most.get() <= 4 * 8, most + " pictures at a time");
  }

  /** With all that is written, and the results of the whole run in hand. */
  @Test
  void aRunKeepsNeitherImagesNorMaps() throws Exception {
    byte[] png = Images.png(200);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      files.add(Images.write(root, "in/" + i + ".png", png));
    }
    Living living = new Living();
    Predictions found = new Predictor(living, PLAIN, Optional.of(output()), heard).run(files);
    assertEquals(400, found.scored().size());
    assertTrue(living.most <= 4 * 8, living.most + " pictures and maps each at a time");
    assertEquals(0, living.count(), "after the run");
  }

  /** Counts the pictures and maps that can still be reached, now and then. */
  private static final class Living implements AnomalyDetector {

    private final Images.Brightness detector = new Images.Brightness();
    private final List<WeakReference<Object>> seen = new ArrayList<>();
    private int most;

    @Override
    public PreparedImage prepare(RgbImage image) {
      return detector.prepare(image);
    }

    @Override
    public List<Detection> detectPrepared(List<PreparedImage> images) {
      List<Detection> detections = detector.detectPrepared(images);
      images.forEach(image -> seen.add(new WeakReference<>(image.image())));
      detections.forEach(detection -> seen.add(new WeakReference<>(detection.map())));
      if (detector.batches.size() % 10 == 0) {
        most = Math.max(most, count() / 2);
      }
      return detections;
    }

    int count() {
      System.gc(); // Whatever is left then is held by somebody.
      return (int) seen.stream().filter(one -> one.get() != null).count();
    }

    @Override
    public int imageSize() {
      return detector.imageSize();
    }

    @Override
    public void close() {}
  }

  private static Scoring.Sink<Path> counting(AtomicInteger delivered) {
    return new Scoring.Sink<>() {
      @Override
      public void scored(Path file, Optional<RgbImage> image, Detection detection) {
        delivered.incrementAndGet();
      }

      @Override
      public void failed(Path file, InputException fault) {
        throw fault;
      }
    };
  }

  @Test
  void aBadImageIsReportedAndTheRestGoesOn() throws Exception {
    byte[] png = Images.png(50);
    List<Path> files =
        List.of(
            Images.write(root, "in/text.png", "no picture".getBytes(UTF_8)),
            Images.write(root, "in/good.png", png),
            Images.write(root, "in/cut.png", Arrays.copyOf(png, png.length / 2)),
            Images.write(root, "in/empty.png", new byte[0]),
            Images.write(root, "in/last.png", Images.png(60)));
    Predictions found = predictor(PLAIN, Optional.of(output())).run(files);
    assertEquals(2, found.scored().size());
    assertEquals(3, heard.failed.size());
    JsonNode failed = json().get("failed");
    assertEquals(3, failed.size());
    assertTrue(failed.get(0).get("path").textValue().endsWith("in/text.png"));
    assertTrue(failed.get(1).get("reason").textValue().contains("cut.png"));
    assertFalse(failed.get(2).get("reason").textValue().contains("\n"));
  }

  @Test
  void whatTheReaderNotesIsInTheResultsAndCounted() throws Exception {
    byte[] tiff = TwoPages.tiff();
    List<Path> files =
        List.of(
            Images.write(root, "in/1.tif", tiff),
            Images.write(root, "in/2.png", Images.png(50)),
            Images.write(root, "in/3.tif", tiff));
    Predictions found = predictor(PLAIN, Optional.of(output())).run(files);
    assertEquals(Map.of(PictureNote.Kind.FURTHER_PAGES, 2L), found.noted());
    assertEquals(List.of(), found.scored().get(1).notes());
    String words = found.scored().get(2).noteWords();
    assertEquals("has 2 pages, of which the first alone was read", words);
    JsonNode json = json();
    assertEquals(words, json.at("/images/0/notes/0/note").textValue());
    assertEquals(2, json.at("/notes/further-pages").intValue());
    String table = Files.readString(root.resolve("out/scores.csv"));
    assertTrue(table.contains(",\"" + words + "\",,,,\r\n"), table);
  }

  @Test
  void picturesOfOnePartAreJudgedTogetherInEveryTable() throws Exception {
    List<Path> files =
        List.of(
            Images.write(root, "in/a_1.png", Images.png(10)),
            Images.write(root, "in/a_2.png", Images.png(200)),
            Images.write(root, "in/b_1.png", Images.png(10)),
            Images.write(root, "in/b_2.png", "no picture".getBytes(UTF_8)),
            Images.write(root, "in/other.png", Images.png(10)));
    PredictionSettings settings =
        new PredictionSettings("nut", Optional.of(Threshold.manual(0.5f)))
            .with(new PartRule(PartPattern.of("{part}_{view}"), OptionalInt.of(2)));
    Predictions found = predictor(settings, Optional.of(output())).run(files);
    assertEquals(
        List.of("NOT OK", "INCOMPLETE", "OK"),
        found.parts().stream().map(part -> part.kind().orElseThrow()).toList());
    JsonNode json = json();
    String in = json.at("/images/0/path").textValue().replace("a_1.png", "");
    assertEquals(in + "a", json.at("/parts/0/part").textValue());
    assertEquals(in + "a", json.at("/images/1/part").textValue());
    assertEquals(in + "a_2.png", json.at("/parts/0/worst").textValue());
    assertEquals(2, json.at("/parts/0/views").size());
    assertEquals(in + "b_2.png", json.at("/parts/1/failed/0").textValue());
    assertEquals(4, Files.readAllLines(root.resolve("out/parts.csv")).size());
    assertTrue(Files.readString(root.resolve("out/scores.csv")).contains("," + in + "a\r\n"));
  }

  @Test
  void aPictureBeyondTheLimitSaysWhatTheRemedyIsAbout() throws Exception {
    PredictionSettings narrow =
        new PredictionSettings(
            "nut",
            Optional.empty(),
            new ImageReader(ImageReader.Options.defaults().withMaxPixels(1)));
    Predictions found =
        predictor(narrow, Optional.empty())
            .run(List.of(Images.write(root, "in/1.png", Images.png(50))));
    assertEquals(Optional.of(InputException.Topic.PIXEL_LIMIT), found.failed().get(0).topic());
  }

  @Test
  void anImageWhoseResultsCannotBeNamedIsReportedAndTheRestGoesOn() throws Exception {
    List<Path> done = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Path file : List.of(Path.of("a"), Path.of("b"), Path.of("c"))) {
      Delivery.guarded(
          file,
          () -> {
            if (file.endsWith("b")) {
              throw new InvalidPathException("\ufffd", "unmappable characters");
            }
            done.add(file);
          },
          fault -> faults.add(fault.getMessage()));
    }
    assertEquals(List.of(Path.of("a"), Path.of("c")), done);
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).startsWith("b: no result can be named after it"), faults.get(0));
  }

  @Test
  void outputsOfTheSameNameStayApartAndTheTableSaysWhichIsWhose() throws Exception {
    byte[] png = Images.png(200);
    List<Path> files =
        List.of(
            Images.write(root, "in/a/1.png", png),
            Images.write(root, "in/b/1.png", png),
            Images.write(root, "in/b/1.jpg", png),
            Images.write(root, "in/b/1.jpg.png", png));
    predictor(PLAIN, Optional.of(output())).run(files);
    List<String> overlays = new ArrayList<>();
    for (JsonNode image : json().get("images")) {
      overlays.add(image.get("overlay").textValue());
      assertTrue(Files.exists(root.resolve("out").resolve(image.get("map").textValue())));
      assertTrue(Files.exists(root.resolve("out").resolve(image.get("overlay").textValue())));
    }
    assertEquals(
        List.of("images/a/1.png", "images/b/1.png", "images/b/1.jpg.png", "images/b/1.jpg.png.png"),
        overlays);
  }

  @Test
  void mapsHaveSixteenBitsAndOverlaysTheImagesSize() throws Exception {
    Path file = Images.write(root, "in/x.png", Images.png(100, 30, 20));
    predictor(PLAIN, Optional.of(output())).run(List.of(file));
    BufferedImage map = ImageIO.read(root.resolve("out/maps/x.png").toFile());
    assertEquals(DataBuffer.TYPE_USHORT, map.getRaster().getTransferType());
    assertEquals(Math.round(Images.score(100) * 65535), map.getRaster().getSample(0, 0, 0), 1);
    BufferedImage overlay = ImageIO.read(root.resolve("out/images/x.png").toFile());
    assertEquals(30, overlay.getWidth());
    assertEquals(20, overlay.getHeight());
  }

  @Test
  void whatIsNotWantedIsNotWritten() throws Exception {
    Path file = Images.write(root, "in/x.png", Images.png(100));
    ResultFolder tables = new ResultFolder(root.resolve("out"), Optional.empty(), false);
    predictor(PLAIN, Optional.of(tables)).run(List.of(file));
    try (Stream<Path> entries = Files.list(root.resolve("out"))) {
      assertEquals(
          List.of("results.json", "scores.csv"),
          entries.map(entry -> entry.getFileName().toString()).sorted().toList());
    }
    assertFalse(json().at("/images/0").has("overlay"));
  }

  @Test
  void aScoreAboveTheThresholdIsNotOkAndOneAtItIs() throws Exception {
    List<Path> files =
        List.of(
            Images.write(root, "in/a.png", Images.png(99)),
            Images.write(root, "in/b.png", Images.png(100)),
            Images.write(root, "in/c.png", Images.png(101)));
    PredictionSettings settings =
        new PredictionSettings("nut", Optional.of(Threshold.manual(Images.score(100))));
    Predictions found = predictor(settings, Optional.of(output())).run(files);
    assertEquals(
        List.of("OK", "OK", "NOT OK"),
        found.scored().stream().map(p -> p.verdict().orElseThrow().text()).toList());
    assertEquals(1, found.rejected());
    String table = Files.readString(root.resolve("out/scores.csv"));
    assertTrue(table.contains("a.png," + Images.score(99) + ",OK,unknown,nut,unknown"), table);
    assertEquals(Images.score(100), json().get("threshold").floatValue());
    assertEquals("manual", json().get("threshold_origin").textValue());
    assertTrue(json().at("/images/0/margin").doubleValue() < 0);
    assertEquals(0, json().at("/images/1/margin").doubleValue());
  }

  @Test
  void defectsAreInPixelsOfThePictureWhetherItIsDrawnOrNot() throws Exception {
    List<Path> files =
        List.of(
            Images.write(root, "in/a.png", Images.png(99)),
            Images.write(root, "in/b.png", Images.png(200)));
    RgbImage picture = new ImageReader().read(files.get(1));
    PredictionSettings settings =
        new PredictionSettings(
            "nut",
            Optional.empty(),
            new ImageReader(),
            Optional.of(DefectRule.manual(Images.score(100)).with(MinArea.of("0.5%"))));
    // The same picture twice: both have what the picture has.
    List<Path> twice = List.of(files.get(0), files.get(1), files.get(1));
    Predictions plain = predictor(settings, Optional.empty()).run(twice);
    Predictions drawn = predictor(settings, Optional.of(output())).run(twice);
    for (Predictions found : List.of(plain, drawn)) {
      List<Defects> defects =
          found.scored().stream().map(one -> one.defects().orElseThrow()).toList();
      assertTrue(defects.get(0).nowhere());
      assertEquals(
          new Defect.Box(0, 0, picture.width(), picture.height()),
          defects.get(1).worst().get(0).box());
      assertEquals(defects.get(1), defects.get(2));
    }
    assertEquals(Images.score(100), json().get("pixel_threshold").floatValue());
    assertEquals("0.5 %", json().get("min_area").textValue());
    assertEquals(1, json().at("/images/1/defect_count").intValue());
    assertEquals(100, json().at("/images/1/defects/0/area_percent").intValue());
  }

  @Test
  void theTablesAppearOnlyWhenTheRunIsWhole() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      files.add(Images.write(root, "in/" + i + ".png", Images.png(i)));
    }
    AnomalyDetector broken =
        new AnomalyDetector() {
          private int calls;

          @Override
          public PreparedImage prepare(RgbImage image) {
            return detector.prepare(image);
          }

          @Override
          public List<Detection> detectPrepared(List<PreparedImage> images) {
            assertFalse(Files.exists(root.resolve("out/scores.csv")));
            if (++calls == 2) {
              throw new IllegalStateException("broken");
            }
            return detector.detectPrepared(images);
          }

          @Override
          public int imageSize() {
            return 4;
          }

          @Override
          public void close() {}
        };
    Predictor predictor = new Predictor(broken, PLAIN, Optional.of(output()), heard);
    assertThrows(IllegalStateException.class, () -> predictor.run(files));
    assertFalse(Files.exists(root.resolve("out/scores.csv")));
    assertFalse(Files.exists(root.resolve("out/results.json")));
    assertTrue(Files.exists(root.resolve("out/images/0.png")), "the first batch was finished");
  }

  @Test
  void anOutputThatIsAFileIsRefusedBeforeAnythingIsScored() throws Exception {
    Path file = Images.write(root, "in/x.png", Images.png(1));
    Images.write(root, "out", new byte[1]);
    InputException fault =
        assertThrows(
            InputException.class, () -> predictor(PLAIN, Optional.of(output())).run(List.of(file)));
    assertTrue(fault.getMessage().contains("out"), fault.getMessage());
    assertTrue(detector.batches.isEmpty());
  }

  @Test
  void thresholdsAndScalesThatMakeNoSenseAreRefused() {
    for (float bad : new float[] {Float.NaN, -0.1f, 1.1f}) {
      assertThrows(InputException.class, () -> Threshold.manual(bad));
      assertThrows(InputException.class, () -> ResultFolder.scale(bad));
    }
    assertThrows(InputException.class, () -> ResultFolder.scale(0));
  }

  private Predictor predictor(PredictionSettings settings, Optional<ResultFolder> output) {
    return new Predictor(detector, settings, output, heard);
  }

  private ResultFolder output() {
    return new ResultFolder(
        root.resolve("out"), Optional.of(ResultFolder.scale(ResultFolder.SCALE_HIGH)), true);
  }

  private JsonNode json() throws IOException {
    return new JsonMapper().readTree(root.resolve("out/results.json").toFile());
  }
}
