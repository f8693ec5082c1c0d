package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxDetectorTest {

  @TempDir static Path folder;

  private static OnnxDetector detector;

  private final List<RgbImage> pictures =
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
    Detection detection = detector.detect(pictures.get(0));
    assertTrue(detection.score() > 0 && detection.score() < 0.5, detection::toString);
    assertEquals(64, detector.imageSize());
    assertEquals(64, detection.map().side());
  }

  @Test
  void aBatchGivesExactlyTheScoresOfItsPictures() {
    List<Detection> alone = pictures.stream().map(detector::detect).toList();
    assertEquals(alone, detector.detect(pictures));
    assertTrue(alone.stream().map(Detection::score).distinct().count() > 1, "all alike");
    assertEquals(List.of(), detector.detect(List.of()));
  }

  @Test
  void fourThreadsThatShareADetectorGiveTheScoresOfOne() throws Exception {
    List<Detection> alone = detector.detect(pictures);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<Detection>>> shared = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      shared.add(threads.submit(() -> detector.detect(pictures)));
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
    assertThrows(IllegalStateException.class, () -> other.detect(pictures.get(0)));
  }

  @Test
  void aProviderThatIsNotThereIsNamed() {
    assertTrue(
        ExportedWasher.refusal(
                () ->
                    OnnxDetector.open(
                        ExportedWasher.write(folder), OnnxSettings.on(OnnxProvider.COREML, 0)))
            .contains("coreml"));
  }
}
