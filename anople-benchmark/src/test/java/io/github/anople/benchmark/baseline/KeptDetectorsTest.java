package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.FittedOn;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDetectorsTest {

  @TempDir private static Path set;

  private static LoadedBackbone backbone;

  @TempDir private Path folder;

  private final List<String> said = new ArrayList<>();
  private KeptDetectors detectors;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
    SyntheticParts.writeGood(set.resolve("nut/train/good"), 2);
    SyntheticParts.writeGood(set.resolve("nut/test/good"), 1);
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  @BeforeEach
  void keep() {
    detectors = new KeptDetectors(new TorchCells(backbone), folder, said::add);
  }

  private static Cell cell(Method method, String settings) {
    GridData data = new GridData("parts", GridData.Layout.MVTEC, set, List.of());
    return new Cell(
        data, new Variant("mine", method, FittedOn.ONE, settings), List.of("nut"), 1, 3);
  }

  private static Cell anople(int epochs) {
    return cell(Method.ANOPLE, "{\"optimizer.epochs\": %d}".formatted(epochs));
  }

  private float score(Cell cell) {
    try (AnomalyDetector detector = detectors.open(cell)) {
      Detection detection =
          detector.detect(List.of(RgbImage.of(SyntheticParts.scratched(1)))).get(0);
      return detection.score();
    }
  }

  /** Whether the last detector was trained. */
  private boolean trained() {
    return said.get(said.size() - 1).startsWith("training");
  }

  @Test
  void aTrainedOneIsTakenAgainAndSaysTheSame() {
    float first = score(anople(1));
    assertTrue(trained());

    assertEquals(first, score(anople(1)), 0);

    assertFalse(trained());
    assertTrue(detectors.learns(anople(1)));
  }

  @Test
  void anotherSettingOrADamagedFileTrainsAgain() throws Exception {
    score(anople(1));
    score(anople(2));
    assertTrue(trained());
    Path kept = folder.resolve(anople(2).folder() + ".anople");
    assertTrue(Files.exists(kept));

    Files.writeString(kept, "damaged");
    score(anople(2));
    assertTrue(trained());

    Path known = folder.resolve(anople(2).folder() + ".json");
    Files.writeString(known, Files.readString(known).replaceFirst("sha256", "sha257"));
    score(anople(2));
    assertTrue(trained());
    score(anople(2));
    assertFalse(trained());
  }

  @Test
  void aShotThatChangedTrainsAgain() throws Exception {
    score(anople(1));
    Path shot = set.resolve("nut/train/good/good_001.png");
    SyntheticParts.write(shot, SyntheticParts.good(17));

    score(anople(1));

    assertTrue(trained());
  }

  @Test
  void whatOnlyRemembersIsFittedAnewAndKeepsNothing() throws Exception {
    score(cell(Method.WINCLIP, "{}"));

    assertEquals(List.of("fitting " + cell(Method.WINCLIP, "{}")), said);
    assertFalse(detectors.learns(cell(Method.WINCLIP, "{}")));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }
}
