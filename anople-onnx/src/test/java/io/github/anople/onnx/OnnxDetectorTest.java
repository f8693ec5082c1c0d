package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxDetectorTest {

  @TempDir static Path folder;

  private static OnnxDetector detector;

  private final List<RgbImage> images =
      IntStream.range(0, 10).mapToObj(SyntheticParts::scratched).map(RgbImage::of).toList();

  @BeforeAll
  static void open() {
    detector = OnnxDetector.open(ExportedWasher.write(folder));
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  @Test
  void aDetectionHasAScoreAndAMapOfTheInputsSize() {
    Detection detection = detector.detect(images.get(0));
    assertTrue(detection.score() > 0 && detection.score() < 0.5, detection::toString);
    assertEquals(64, detector.imageSize());
    assertEquals(64, detection.map().width());
  }

  @Test
  void aBatchGivesExactlyTheScoresOfItsImages() {
    List<Detection> alone = images.stream().map(detector::detect).toList();
    assertEquals(alone, detector.detect(images));
    assertTrue(alone.stream().map(Detection::score).distinct().count() > 1, "all alike");
    assertEquals(List.of(), detector.detect(List.of()));
  }

  @Test
  void fourThreadsThatShareADetectorGiveTheScoresOfOne() throws Exception {
    List<Detection> alone = detector.detect(images);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<Detection>>> shared = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      shared.add(threads.submit(() -> detector.detect(images)));
    }
    for (Future<List<Detection>> detections : shared) {
      assertEquals(alone, detections.get());
    }
    threads.shutdown();
  }

  @Test
  void theFileTellsWhatItIs() {
    OnnxMetadata metadata = detector.metadata();
    assertEquals("int8", metadata.precision());
    assertEquals(List.of("washer"), metadata.provenance().classNames());
    assertEquals(OnnxMetadata.Thresholds.NONE, metadata.thresholds());
    assertTrue(metadata.golden().isPresent());
  }

  @Test
  void aClosedDetectorSaysSoAndClosesOnce() {
    OnnxDetector other =
        OnnxDetector.open(ExportedWasher.write(folder), OnnxSettings.cpu().withThreads(1));
    other.close();
    other.close();
    assertThrows(IllegalStateException.class, () -> other.detect(images.get(0)));
  }

  @Test
  void closingWaitsForThoseWhoDetectAndMayHappenTwiceAtATime() throws Exception {
    Path file = ExportedWasher.write(folder);
    ExecutorService threads = Executors.newFixedThreadPool(5);
    for (int round = 0; round < 10; round++) {
      OnnxDetector shared = OnnxDetector.open(file, OnnxSettings.cpu().withThreads(1));
      List<Detection> expected = shared.detect(images.subList(0, 1));
      CountDownLatch detected = new CountDownLatch(3);
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        ends.add(threads.submit(() -> detectUntilClosed(shared, expected, detected)));
      }
      detected.await();
      for (int thread = 0; thread < 2; thread++) {
        ends.add(threads.submit(shared::close));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    threads.shutdown();
  }

  private void detectUntilClosed(
      OnnxDetector shared, List<Detection> expected, CountDownLatch detected) {
    try {
      while (true) {
        assertEquals(expected, shared.detect(images.subList(0, 1)));
        detected.countDown();
      }
    } catch (IllegalStateException e) {
      assertEquals("the detector is closed", e.getMessage());
    }
  }

  @Test
  void aPathThatTheRuntimeCannotOpenIsRefused() throws IOException {
    Path rare = Files.createDirectories(folder.resolve("\uD83D\uDE00"));
    String message = ExportedWasher.refusal(() -> OnnxDetector.open(ExportedWasher.write(rare)));
    assertTrue(message.contains("cannot open"), message);
  }

  @Test
  void aPathThatTheLocaleCannotNameIsRefusedAsSuch() throws IOException {
    Path unnamed = Files.createDirectories(folder.resolve("gr\uFFFD\uFFFDe"));
    String message = ExportedWasher.refusal(() -> OnnxDetector.open(ExportedWasher.write(unnamed)));
    assertTrue(message.contains("UTF-8 locale"), message);
  }

  @ParameterizedTest
  @EnumSource(OnnxProvider.class)
  void aProviderWorksOrItIsSaidThatItIsNotInThisBuild(OnnxProvider provider) {
    Path file = ExportedWasher.write(folder);
    OnnxSettings settings = OnnxSettings.on(provider, 0);
    if (provider == OnnxProvider.CPU) {
      OnnxDetector.open(file, settings).close();
    } else {
      assumeFalse(isHere(provider), "skipped: this build of ONNX Runtime has " + provider.id());
      String message = ExportedWasher.refusal(() -> OnnxDetector.open(file, settings));
      assertTrue(
          message.startsWith("execution provider " + provider.id() + ": is not in this build"),
          message);
      assertTrue(message.contains("which has cpu"), message);
    }
  }

  private static boolean isHere(OnnxProvider provider) {
    return OrtEnvironment.getAvailableProviders().stream()
        .anyMatch(other -> other.name().replace("_", "").equals(provider.name()));
  }
}
