package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures into a memory and out again, with all that a memory can do. */
class MemoryAdditionsTest {

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle trained;
  private static List<Path> more;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    trained =
        TinyTraining.train(
                backbone,
                TinyTraining.config()
                    .with(
                        Map.of(
                            "optimizer.epochs", "1",
                            "scene.enabled", "true",
                            "memory.encoder", "clip+trunk",
                            "memory.views", "auto",
                            "memory.coreset", "0.3")),
                folder)
            .withCalibration(
                Optional.of(
                    new Calibration(
                        Calibration.Kind.MANUAL, 0.1f, 0.2f, 0.1f, 0.01, 2, Optional.empty())));
    more = new ArrayList<>();
    for (int part = 40; part < 43; part++) {
      Path file = folder.resolve("more/" + part + ".png");
      more.add(SyntheticParts.write(file, SyntheticParts.good(part)));
    }
    more.add(
        SyntheticParts.write(folder.resolve("more/scratched.png"), SyntheticParts.scratched(43)));
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static DetectorBundle add(DetectorBundle to, Path... pictures) {
    return MemoryFiller.extend(
        to,
        "washer",
        backbone,
        "washer",
        List.of(pictures),
        new ImageReader(),
        Addition.Signature.NONE);
  }

  private static DetectorBundle without(DetectorBundle bundle, Path... pictures) {
    List<String> hashes = new ArrayList<>();
    for (Path picture : pictures) {
      hashes.add(Sha256.of(picture));
    }
    return MemoryFiller.without(bundle, "washer", hashes, () -> backbone);
  }

  /** A detector as its file gives it back. */
  private static DetectorBundle stored(DetectorBundle bundle) {
    Path file = folder.resolve("stored.anople");
    bundle.write(file);
    return DetectorBundle.read(file);
  }

  private static byte[] bytes(DetectorBundle bundle) throws IOException {
    Path file = folder.resolve("bytes.anople");
    bundle.write(file);
    return Files.readAllBytes(file);
  }

  private static List<Detection> detections(DetectorBundle bundle) {
    try (AnomalyDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      List<Detection> all = new ArrayList<>();
      for (int part = 60; part < 63; part++) {
        all.add(detector.detect(RgbImage.of(SyntheticParts.good(part))));
        all.add(detector.detect(RgbImage.of(SyntheticParts.scratched(part))));
      }
      return all;
    }
  }

  private static void assertSameDetections(DetectorBundle one, DetectorBundle other) {
    List<Detection> expected = detections(one);
    List<Detection> found = detections(other);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).score(), found.get(i).score());
      assertEquals(expected.get(i).map(), found.get(i).map());
      assertEquals(expected.get(i).scene(), found.get(i).scene());
    }
  }

  @Test
  void allTakenOutAgainIsTheFileThatWasTrained() throws IOException {
    DetectorBundle first = stored(add(trained, more.get(0), more.get(3)));
    DetectorBundle second = stored(add(first, more.get(1)));
    assertTrue(second.memoryRows() > first.memoryRows());
    assertTrue(first.calibration().isEmpty());
    assertArrayEquals(bytes(first), bytes(without(second, more.get(1))), "the version before");
    DetectorBundle back = stored(without(second, more.get(3), more.get(1), more.get(0)));
    assertArrayEquals(bytes(trained), bytes(back));
    assertSameDetections(stored(trained), back);
  }

  @Test
  void onePictureTakenOutLeavesWhatTheOthersAloneWouldGive() {
    DetectorBundle all = stored(add(stored(add(trained, more.get(0), more.get(3))), more.get(1)));
    DetectorBundle rest = stored(without(all, more.get(0)));
    DetectorBundle never = stored(add(stored(add(trained, more.get(3))), more.get(1)));
    never.memory().forEach((name, rows) -> assertSame(rows, rest.memory().get(name), name));
    SceneMemory scene = never.scene().orElseThrow();
    assertSame(scene.patches(), rest.scene().orElseThrow().patches(), "patches");
    assertSame(scene.statistics(), rest.scene().orElseThrow().statistics(), "statistics");
    assertEquals(scene.limits(), rest.scene().orElseThrow().limits());
    assertEquals(never.provenance(), rest.provenance());
    assertEquals(
        never.goldenImage().orElseThrow().score(), rest.goldenImage().orElseThrow().score());
    assertTrue(rest.calibration().isEmpty(), "such a detector never was");
    assertSameDetections(never, rest);
  }

  private static void assertSame(FloatTensor expected, FloatTensor actual, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    assertArrayEquals(expected.values(), actual.values(), 0, what);
  }

  /** Whatever is kept of a picture, the picture itself scores less than it did. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "0.1", "100"})
  void aPictureThatIsRememberedScoresLess(String coreset) {
    DetectorBundle plain =
        TinyTraining.train(
            backbone,
            TinyTraining.config()
                .with(
                    Map.of(
                        "optimizer.epochs", "1",
                        "memory.encoder", "trunk",
                        "memory.coreset", coreset)),
            folder);
    DetectorBundle larger = add(plain, more.get(3));
    long rows = larger.memoryRows() - plain.memoryRows();
    assertEquals(plain.memoryRows() / 2.0, (double) rows, 1, "as much as a shot gave");
    RgbImage image = new ImageReader().read(more.get(3));
    try (AnomalyDetector before = TorchDetector.of(plain, "washer", backbone);
        AnomalyDetector after = TorchDetector.of(larger, "washer", backbone)) {
      assertTrue(after.detect(image).score() < before.detect(image).score());
    }
  }

  @Test
  void aFileThatIsKnownIsRefused() {
    DetectorBundle first = add(trained, more.get(0));
    refused(() -> add(first, more.get(0)));
    refused(() -> add(trained, folder.resolve("good_000.png")));
    refused(() -> add(trained, more.get(0), more.get(0)));
  }

  private static void refused(Runnable work) {
    InputException fault = assertThrows(InputException.class, work::run);
    assertTrue(fault.getMessage().contains("remembered already"), fault::getMessage);
  }
}
