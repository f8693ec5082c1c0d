package io.github.anople.inspect.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures that thresholds are from: shots by their content, further ones without them. */
class ShotFilesTest {

  @TempDir Path folder;

  private Provenance provenance(List<Path> files) {
    List<Provenance.Shot> shots = new ArrayList<>();
    for (Path file : files) {
      shots.add(new Provenance.Shot("washer/" + file.getFileName(), Sha256.of(file)));
    }
    return new Provenance(
        "1",
        new Provenance.Backbone("tiny", "0".repeat(64)),
        "parts",
        List.of("washer"),
        shots,
        0,
        "fp32",
        new Provenance.Platform("17", "Linux", "2"));
  }

  @Test
  void shotsAreFoundInTheirOrderAmongOthersAndUnderNewNames() throws IOException {
    List<Path> good = SyntheticParts.writeGood(folder.resolve("good"), 4);
    Provenance provenance = provenance(List.of(good.get(2), good.get(0)));
    Path renamed = Files.move(good.get(0), folder.resolve("good/zz.png"));
    assertEquals(
        List.of(good.get(2), renamed),
        ShotFiles.find(provenance, "x.anople", List.of(folder.resolve("good"))));
  }

  @Test
  void shotsAmongOtherImagesAreToldByTheirContent() throws IOException {
    List<Path> good = SyntheticParts.writeGood(folder.resolve("good"), 3);
    Provenance provenance = provenance(List.of(good.get(1)));
    Path copy = Files.copy(good.get(1), folder.resolve("copy.png"));
    assertEquals(
        List.of(copy), ShotFiles.among(provenance, List.of(good.get(0), copy, good.get(2))));
  }

  @Test
  void anotherImageOfTheSameNameIsNoShot() {
    List<Path> good = SyntheticParts.writeGood(folder.resolve("good"), 2);
    Provenance provenance = provenance(good);
    SyntheticParts.write(good.get(1), SyntheticParts.good(50));
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> ShotFiles.find(provenance, "x.anople", List.of(folder.resolve("good"))));
    String said = refusal.getMessage();
    assertTrue(said.startsWith("x.anople: its shot 'washer/good_001.png'"), said);
    assertTrue(said.contains(provenance.shots().get(1).sha256()), said);
  }

  @Test
  void furtherImagesAreNeitherShotsNorCopies() throws IOException {
    List<Path> good = SyntheticParts.writeGood(folder.resolve("good"), 5);
    Path copy = Files.copy(good.get(3), folder.resolve("good/zz.png"));
    List<Path> all = new ArrayList<>(good);
    all.add(copy);
    CalibrationSet further = CalibrationSet.of(provenance(good.subList(0, 2)), all);
    assertEquals(good.subList(2, 5), further.images());
    assertEquals(2, further.shots());
    assertEquals(1, further.copies());
  }

  @Test
  void furtherImagesOfAnySizeMakeAPromise() throws Exception {
    List<Path> good = SyntheticParts.writeGood(folder.resolve("good"), 19);
    Calibration calibration =
        new CalibrationSet(good, 0, 0).calibrate(new Counting(), new ImageReader(), 0.05);
    assertEquals(0.05, calibration.promised().orElseThrow());
    assertEquals(0.19f, calibration.imageThreshold());
    assertEquals(0.38f, calibration.pixelThreshold());
    assertEquals(0.001f, calibration.normalLevel());
  }

  @Test
  void anImageThatCannotBeReadIsRefusedByName() throws IOException {
    List<Path> good = new ArrayList<>(SyntheticParts.writeGood(folder.resolve("good"), 2));
    good.add(Files.writeString(folder.resolve("good/text.png"), "no picture"));
    CalibrationSet further = new CalibrationSet(good, 0, 0);
    InputException refusal =
        assertThrows(
            InputException.class, () -> further.calibrate(new Counting(), new ImageReader(), 0.05));
    assertTrue(refusal.getMessage().contains("text.png"), refusal::getMessage);
  }

  @Test
  void imagesThatCannotBeReadAreLeftOutWhereSomebodyHearsOfThem() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      files.add(Files.writeString(folder.resolve(i + ".png"), "no picture " + i));
    }
    CalibrationSet none = new CalibrationSet(files, 0, 0);
    List<InputException> heard = new ArrayList<>();
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> none.calibrate(new Counting(), new ImageReader(), 0.05, heard::add));
    assertTrue(refusal.getMessage().contains("0.png"), refusal::getMessage);
    assertEquals(List.of(), heard);

    files.addAll(SyntheticParts.writeGood(folder.resolve("good"), 19));
    Calibration calibration =
        new CalibrationSet(files, 0, 0)
            .calibrate(new Counting(), new ImageReader(), 0.05, heard::add);
    assertEquals(9, heard.size());
    assertEquals(19, calibration.images());
    assertEquals(0.05, calibration.promised().orElseThrow());
  }

  /** The n-th picture has the score n/100, and somewhere in its map twice that. */
  private static final class Counting implements AnomalyDetector {

    private int count;

    @Override
    public PreparedImage prepare(RgbImage image) {
      return new PreparedImage(Resampler.resize(image, 4, 4));
    }

    @Override
    public List<Detection> detectPrepared(List<PreparedImage> images) {
      List<Detection> detections = new ArrayList<>();
      for (PreparedImage image : images) {
        assertEquals(4, image.image().width());
        count++;
        ScoreMap map = ScoreMap.of(2, new float[] {0, count / 50f, 0.001f, 0});
        detections.add(new Detection(count / 100f, map));
      }
      return detections;
    }

    @Override
    public int imageSize() {
      return 4;
    }

    @Override
    public void close() {}
  }
}
