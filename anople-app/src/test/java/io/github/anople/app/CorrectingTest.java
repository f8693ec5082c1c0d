package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingRemark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectingTest {

  private static final Addition.Signature ADA =
      new Addition.Signature(Instant.parse("2026-11-30T08:00:00Z"), Optional.of("Ada"));

  @TempDir static Path shared;

  private static List<Path> parts;
  private static Path odd;

  @TempDir Path folder;

  private Path file;
  private final List<String> told = new ArrayList<>();

  /** Two shots and six further parts; a part with a mark, which the line holds for good. */
  @BeforeAll
  static void train() {
    parts = SyntheticParts.writeGood(shared, 8);
    odd = SyntheticParts.write(shared.resolve("odd/marked.png"), SyntheticParts.scratched(31));
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      TinyTraining.train(
              backbone,
              TinyTraining.config().with(Map.of("optimizer.epochs", "1", "scene.enabled", "true")),
              shared)
          .withCalibration(
              Optional.of(
                  new Calibration(
                      Calibration.Kind.MANUAL, 1e-4f, 0.2f, 0.1f, 0.01, 2, Optional.empty())))
          .write(shared.resolve("washer.anople"));
    }
  }

  @BeforeEach
  void copy() throws IOException {
    file = Files.copy(shared.resolve("washer.anople"), folder.resolve("washer.anople"));
  }

  private Correcting correcting(List<Path> good, Optional<InspectionDataset> test) {
    return new Correcting(
        new ImageReader(),
        good.isEmpty()
            ? Optional.empty()
            : Optional.of(new Correcting.Recalibration(good, new Targets(0.2), true)),
        test,
        new Correcting.Listener() {
          @Override
          public void known(Path picture, Provenance.Shot as) {
            told.add(picture.getFileName() + " is " + as.name());
          }

          @Override
          public void noted(TrainingRemark remark) {
            told.add(remark.words());
          }

          @Override
          public void stage(String what) {
            assertTrue(what.length() < 80, what);
          }

          @Override
          public void unreadable(InputException fault) {
            told.add(fault.getMessage());
          }

          @Override
          public void unlike(Path image, List<SceneFault> faults) {
            told.add(image + " is unlike");
          }
        });
  }

  private Correcting.Corrected add(Correcting correcting, Path... pictures)
      throws InterruptedException {
    return correcting.add(file, TinyTraining::backbone, "washer", List.of(pictures), ADA);
  }

  private static LoadedBackbone unexpected() {
    throw new AssertionError("a backbone was loaded in vain");
  }

  @Test
  void whatWasWronglyNotOkIsOkAndWhatChangedIsTold() throws Exception {
    InspectionDataset test =
        new FolderLayout(
                "washer",
                List.of(),
                parts.subList(5, 8),
                List.of(
                    SyntheticParts.write(
                            folder.resolve("bad/scratch/s.png"), SyntheticParts.scratched(50))
                        .getParent()
                        .getParent()),
                Optional.empty())
            .read();
    List<Path> good = new ArrayList<>(parts.subList(0, 6));
    good.add(odd);
    Correcting.Corrected corrected = add(correcting(good, Optional.of(test)), odd);
    Comparison comparison = corrected.comparison();
    Comparison.Change change = comparison.added().get(0);
    assertTrue(change.before().notOk(), "the picture was NOT OK");
    assertFalse(change.after().notOk(), "and is OK");
    assertTrue(change.after().score() < change.before().score());
    assertEquals(List.of(), comparison.stillNotOk());
    assertEquals(List.of(), comparison.wereOk());
    Comparison.NotOk counts = comparison.good().orElseThrow();
    assertEquals(4, counts.pictures(), "neither shots nor what was added");
    assertEquals(4, counts.before().orElseThrow());
    assertTrue(counts.after().orElseThrow() <= 1);
    assertEquals(4, corrected.bundle().calibration().orElseThrow().images());
    assertEquals(1, comparison.recallBefore().orElseThrow());
    assertTrue(comparison.recallAfter().isPresent());
    assertEquals(3, comparison.tests().get(0).verdictsBefore().orElseThrow().falseAlarms());
    assertEquals(-1, Files.mismatch(shared.resolve("washer.anople"), file), "nothing is stored");
    assertEquals(ADA, corrected.bundle().additions().all().get(0).signature());
  }

  @Test
  void takenOutAgainDetectorAndGraphAreTheOldOnesToTheBit() throws Exception {
    Path before = export("before.onnx");
    byte[] old = Files.readAllBytes(file);
    add(correcting(parts, Optional.empty()), odd).bundle().write(file);
    add(correcting(List.of(), Optional.empty()), parts.get(7)).bundle().write(file);
    Remembered remembered = new Remembered(file, DetectorBundle.read(file));
    assertEquals(2, remembered.additions().size());
    Path between = export("between.onnx");
    assertTrue(Files.mismatch(before, between) >= 0);
    correcting(List.of(), Optional.empty())
        .remove(file, CorrectingTest::unexpected, remembered.after(0))
        .bundle()
        .write(file);
    assertArrayEquals(old, Files.readAllBytes(file));
    assertEquals(-1, Files.mismatch(before, export("after.onnx")));
  }

  private Path export(String name) {
    Path graph = folder.resolve(name);
    DetectorBundle bundle = DetectorBundle.read(file);
    try (LoadedBackbone backbone = TinyTraining.backbone();
        TorchDetector torch = TorchDetector.of(bundle, "washer", backbone)) {
      OnnxExport.write(bundle, torch, ExportSettings.of(OnnxPrecision.FP32), List.of(), graph);
    }
    return graph;
  }

  @Test
  void aVersionThatNeverWasCanBeCalibratedAsItIsMade() throws Exception {
    add(correcting(List.of(), Optional.empty()), odd).bundle().write(file);
    add(correcting(List.of(), Optional.empty()), parts.get(7)).bundle().write(file);
    Correcting.Corrected plain =
        correcting(List.of(), Optional.empty())
            .remove(file, TinyTraining::backbone, Set.of(Sha256.of(odd)));
    assertTrue(plain.bundle().calibration().isEmpty());
    Correcting.Corrected decided =
        correcting(parts, Optional.empty())
            .remove(file, TinyTraining::backbone, Set.of(Sha256.of(odd)));
    assertEquals(5, decided.bundle().calibration().orElseThrow().images());
    assertTrue(decided.comparison().good().orElseThrow().before().isEmpty());
  }

  @Test
  void whatIsKnownIsLeftOutAndWhatLooksOddIsTold() throws Exception {
    Path copy = Files.copy(odd, folder.resolve("copy.png"));
    add(correcting(List.of(), Optional.empty()), parts.get(0), odd, copy);
    assertEquals(List.of("good_000.png is washer/good_000.png", "copy.png is marked.png"), told);
    told.clear();
    Path dark =
        SyntheticParts.write(
            folder.resolve("dark.png"),
            new java.awt.image.BufferedImage(64, 64, java.awt.image.BufferedImage.TYPE_INT_RGB));
    add(correcting(List.of(), Optional.empty()), dark);
    assertTrue(told.toString().contains("nearly black"), told::toString);
    refused(
        "remembers all of these",
        () -> add(correcting(List.of(), Optional.empty()), parts.get(0), parts.get(1)));
    refused(
        "knows all of the pictures to calibrate with",
        () -> add(correcting(List.of(odd, parts.get(0)), Optional.empty()), odd));
    refused("is an exported graph", () -> Correcting.read(Path.of("washer.onnx")));
  }

  @Test
  void picturesAreFoundByVersionFileNameAndHash() throws Exception {
    Remembered none = new Remembered(file, DetectorBundle.read(file));
    refused("nothing was added", none::last);
    refused("nothing was added", () -> none.find("1"));
    refused("nothing was added", () -> none.after(0));
    refused("was trained on", () -> none.find(parts.get(0).toString()));
    add(correcting(List.of(), Optional.empty()), odd, parts.get(6)).bundle().write(file);
    Path twin =
        SyntheticParts.write(folder.resolve("twin/marked.png"), SyntheticParts.scratched(9));
    add(correcting(List.of(), Optional.empty()), twin).bundle().write(file);
    Remembered all = new Remembered(file, DetectorBundle.read(file));
    String hash = Sha256.of(odd);
    assertEquals(Set.of(hash, Sha256.of(parts.get(6))), all.find("1"));
    assertEquals(Set.of(Sha256.of(twin)), all.find("2"));
    assertEquals(Set.of(hash), all.find(odd.toString()));
    assertEquals(Set.of(hash), all.find(hash.substring(0, 9)));
    assertEquals(Set.of(Sha256.of(parts.get(6))), all.find("good_006.png"));
    assertEquals(Set.of(Sha256.of(twin)), all.last());
    assertEquals(all.last(), all.after(1));
    assertEquals(3, all.after(0).size());
    refused("several pictures 'marked.png'", () -> all.find("marked.png"));
    refused("no picture or version '7'", () -> all.find("7"));
    refused("has no version 7", () -> all.after(7));
    refused("is of version 2", () -> all.after(2));
    refused("was trained on", () -> all.find("good_000.png"));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void refused(String message, Work work) {
    InputException fault = assertThrows(InputException.class, work::run);
    assertTrue(fault.getMessage().contains(message), fault::getMessage);
    assertEquals(1, fault.getMessage().lines().count());
  }
}
