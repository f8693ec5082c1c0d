package io.github.anople.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.MemoryFiller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchDetectorTest {

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static Path file;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = TinyTraining.train(backbone, TinyTraining.config(), folder);
    file = folder.resolve("washer.anople");
    bundle.write(file);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  @Test
  void aBundleSurvivesItsFile() {
    DetectorBundle read = DetectorBundle.read(file);
    assertEquals(bundle.configuration(), read.configuration());
    assertEquals(bundle.provenance(), read.provenance());
    assertEquals(bundle.learned().keySet(), read.learned().keySet());
    bundle
        .learned()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(tensor.values(), read.learned().get(name).values()));
    assertArrayEquals(rows(bundle), rows(read));
    assertArrayEquals(
        bundle.goldenImage().orElseThrow().png(), read.goldenImage().orElseThrow().png());
  }

  @Test
  void fourThreadsThatShareADetectorGiveTheScoresOfOne() throws Exception {
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      images.add(RgbImage.of(SyntheticParts.scratched(i)));
    }
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      List<Detection> alone = images.stream().map(detector::detect).toList();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<List<Detection>>> shared = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        shared.add(threads.submit(() -> images.stream().map(detector::detect).toList()));
      }
      for (Future<List<Detection>> detections : shared) {
        assertEquals(alone, detections.get());
      }
      threads.shutdown();
    }
  }

  @Test
  void closingWaitsForAThreadThatDetects() throws Exception {
    RgbImage image = RgbImage.of(SyntheticParts.scratched(1));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    for (int round = 0; round < 5; round++) {
      TorchDetector detector = TorchDetector.of(bundle, "washer", backbone);
      CountDownLatch detected = new CountDownLatch(1);
      Future<IllegalStateException> end =
          thread.submit(
              () ->
                  assertThrows(
                      IllegalStateException.class,
                      () -> {
                        while (true) {
                          detector.detect(image);
                          detected.countDown();
                        }
                      }));
      detected.await();
      detector.close();
      detector.close();
      assertEquals("the detector is closed", end.get().getMessage());
    }
    thread.shutdown();
  }

  @Test
  void aBatchGivesTheScoresOfItsImages() {
    List<RgbImage> images =
        List.of(
            RgbImage.of(SyntheticParts.good(3)),
            RgbImage.of(SyntheticParts.scratched(4)),
            RgbImage.of(SyntheticParts.good(5)));
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      List<Detection> together = detector.detect(images);
      for (int i = 0; i < images.size(); i++) {
        assertEquals(detector.detect(images.get(i)).score(), together.get(i).score(), 1e-6);
      }
    }
  }

  @Test
  void anImageOfTheMemoryItselfScoresNextToNothing() {
    try (TorchDetector detector = TorchDetector.open(file, tiny(), Precision.FP32)) {
      RgbImage shot = new ImageReader().read(folder.resolve("good_000.png"));
      assertTrue(detector.detect(shot).score() < 1e-4);
      assertTrue(detector.detect(RgbImage.of(SyntheticParts.scratched(0))).score() > 1e-3);
    }
  }

  @Test
  void anotherBackboneIsRefusedWithBothNamesAndHashes() {
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> TorchDetector.open(file, Fixtures.golden("tiny_clip_fp16"), Precision.FP32));
    Provenance.Backbone trained = bundle.provenance().backbone();
    assertTrue(refusal.getMessage().contains(trained.name()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(trained.sha256()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("tiny_clip_fp16"), refusal::getMessage);
  }

  @Test
  void aScoreThatDiffersFromTheGoldenOneIsRefused() {
    GoldenImage golden = bundle.goldenImage().orElseThrow();
    DetectorBundle lying =
        bundle.withGoldenImage(Optional.of(new GoldenImage(golden.png(), golden.score() + 0.01)));
    InputException refusal =
        assertThrows(InputException.class, () -> TorchDetector.of(lying, "lying.anople", backbone));
    assertTrue(refusal.getMessage().contains("golden image"), refusal::getMessage);
    TorchDetector.of(lying.withGoldenImage(Optional.empty()), "no picture", backbone).close();
  }

  private static float[] rows(DetectorBundle of) {
    return of.memory().get(DetectorBundle.BACKBONE_MEMORY).values();
  }

  @Test
  void tensorsThatDoNotFitTheConfigurationAreRefused() {
    Map<String, FloatTensor> learned = new LinkedHashMap<>(bundle.learned());
    learned.remove("view_signal");
    DetectorBundle broken =
        new DetectorBundle(bundle.configuration(), bundle.provenance(), learned, bundle.encoders())
            .withMemory(bundle.memory(), bundle.provenance());
    InputException refusal =
        assertThrows(
            InputException.class, () -> TorchDetector.of(broken, "broken.anople", backbone));
    assertTrue(refusal.getMessage().contains("do not fit"), refusal::getMessage);
  }

  /** What a memory sees with besides the backbone is in the file, and the file says so. */
  @Test
  void aDetectorCarriesTheTrunkThatItsMemorySeesWith() {
    Path seeing = folder.resolve("trunk.anople");
    DetectorBundle made =
        TinyTraining.train(
            backbone,
            TinyTraining.config()
                .with(Map.of("memory.encoder", "clip+trunk", "optimizer.epochs", "1")),
            folder.resolve("trunk"));
    made.write(seeing);
    DetectorBundle read = DetectorBundle.read(seeing);
    assertEquals(List.of("clip", "trunk"), List.copyOf(read.memory().keySet()));
    assertArrayEquals(made.encoders().get("trunk"), read.encoders().get("trunk"));
    TorchDetector.of(read, "trunk.anople", backbone).close();

    assertTrue(refusal(made, made.memory(), Map.of()).contains("do not fit"));
    assertTrue(refusal(made, Map.of(), made.encoders()).contains("do not fit"));
    byte[] half = Arrays.copyOf(made.encoders().get("trunk"), 100_000);
    String told = refusal(made, made.memory(), Map.of("trunk", half));
    assertTrue(told.contains("trunk"), told);
  }

  private static String refusal(
      DetectorBundle of, Map<String, FloatTensor> memory, Map<String, byte[]> encoders) {
    DetectorBundle broken =
        new DetectorBundle(of.configuration(), of.provenance(), of.learned(), encoders)
            .withMemory(memory, of.provenance());
    return assertThrows(
            InputException.class, () -> TorchDetector.of(broken, "broken.anople", backbone))
        .getMessage();
  }

  @Test
  void anUnknownVersionAndAForeignFileAreRefused() throws IOException {
    assertTrue(refusal(withVersion("9.1")).contains("format version 9.1"));
    for (String strange : List.of("1x1", "1..", "111", "-.1")) {
      assertTrue(refusal(withVersion(strange)).contains("format version " + strange));
    }
    assertTrue(refusal(Fixtures.golden("learnables.safetensors")).contains("is not a detector"));
  }

  @Test
  void anotherMinorVersionIsRead() throws IOException {
    assertEquals(bundle.provenance(), DetectorBundle.read(withVersion("1.9")).provenance());
    assertEquals(bundle.provenance(), DetectorBundle.read(withVersion("1")).provenance());
  }

  /** The detector with another version of at most three letters in its header. */
  private static Path withVersion(String version) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String before = "\"format_version\":\"1.1\"";
    String after = "\"format_version\":\"" + version + "\"";
    int at = new String(bytes, ISO_8859_1).indexOf(before);
    assertTrue(at > 0);
    byte[] padded = (after + " ".repeat(before.length() - after.length())).getBytes(ISO_8859_1);
    System.arraycopy(padded, 0, bytes, at, padded.length);
    return Files.write(folder.resolve("other.anople"), bytes);
  }

  private static String refusal(Path of) {
    return assertThrows(InputException.class, () -> DetectorBundle.read(of)).getMessage();
  }

  @Test
  void theMemoryGrowsWithoutTrainingAndKeepsItsProvenance() {
    Path more = SyntheticParts.write(folder.resolve("more/m.png"), SyntheticParts.good(77));
    DetectorBundle extended =
        MemoryFiller.extend(
            bundle,
            "washer",
            backbone,
            "washer",
            List.of(more),
            new ImageReader(),
            Addition.Signature.NONE);
    int patches = backbone.clip().config().vision().patches();
    assertEquals(3L * patches, extended.memoryRows());
    assertEquals(3, extended.provenance().shots().size());
    RgbImage image = new ImageReader().read(more);
    try (TorchDetector before = TorchDetector.of(bundle, "before", backbone);
        TorchDetector after = TorchDetector.of(extended, "after", backbone)) {
      assertTrue(before.detect(image).score() > 1e-3);
      assertTrue(after.detect(image).score() < 1e-4);
    }
  }

  @Test
  void manyPredictionsAndSeveralTrainingsLeaveMemoryFlat() {
    RgbImage image = RgbImage.of(SyntheticParts.good(1));
    TrainingConfig brief = TinyTraining.config().with("optimizer.epochs", "1");
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      for (int i = 0; i < 150; i++) {
        detector.detect(image);
      }
      TinyTraining.train(backbone, brief, folder.resolve("warm"));
      ResidentMemory memory = ResidentMemory.now();
      for (int i = 0; i < 500; i++) {
        detector.detect(image);
      }
      for (int i = 0; i < 3; i++) {
        TinyTraining.train(backbone, brief, folder.resolve("run"));
      }
      memory.requireGrowthBelow(32L << 20);
    }
  }

  private static Path tiny() {
    return Fixtures.golden("tiny_clip");
  }
}
