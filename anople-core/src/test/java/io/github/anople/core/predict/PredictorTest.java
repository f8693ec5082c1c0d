package io.github.anople.core.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.ImageReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

  @TempDir Path folder;

  @Test
  void resultsComeInTheOrderOfThePicturesAndABadOneIsSkipped() throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      pictures.add(grey("in/%02d.png".formatted(i), 10 * i));
    }
    Path broken = Files.writeString(folder.resolve("in/05b.png"), "no picture");
    pictures.add(6, broken);

    List<Path> heard = new ArrayList<>();
    List<Outcome> outcomes = predictor(0.2f).run(pictures, one -> heard.add(one.picture()));

    assertEquals(pictures, heard);
    assertEquals(pictures, outcomes.stream().map(Outcome::picture).toList());
    assertTrue(outcomes.get(6).failure().orElseThrow().contains("05b.png"));
    assertEquals(11 / 600f, outcomes.get(1).result().orElseThrow().score());
    assertEquals(Optional.of("OK"), outcomes.get(1).result().orElseThrow().verdict());
    assertEquals(Optional.of("NOT OK"), outcomes.get(20).result().orElseThrow().verdict());
    assertEquals(24, Files.readAllLines(folder.resolve("out/scores.csv")).size());
    assertTrue(Files.readString(folder.resolve("out/results.json")).contains("05b.png"));
    assertTrue(Files.exists(folder.resolve("out/images/05.png.png")));
    assertTrue(Files.exists(folder.resolve("out/maps/22.png.png")));
    assertFalse(Files.exists(folder.resolve("out/images/05b.png.png")));
  }

  @Test
  void picturesOfOneNameInTwoFoldersKeepApart() {
    List<Path> pictures = List.of(grey("a/x.png", 0), grey("b/x.png", 50));
    predictor(1f).run(pictures, one -> {});
    assertTrue(Files.exists(folder.resolve("out/images/a/x.png.png")));
    assertTrue(Files.exists(folder.resolve("out/images/b/x.png.png")));
  }

  @Test
  void filesFoldersAndGlobsAreExpandedOnceEach() {
    Path first = grey("in/a.png", 0);
    Path second = grey("in/deep/b.png", 0);
    String glob = folder.resolve("in").toString().replace('\\', '/') + "/**.png";
    assertEquals(
        List.of(second, first),
        PictureFiles.expand(List.of(second.toString(), folder.resolve("in").toString(), glob)));
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> PictureFiles.expand(List.of(folder.resolve("none*.png").toString())));
    assertTrue(refusal.getMessage().contains("none*.png"));
  }

  @Test
  void aWatchedPictureIsScoredOnceAlsoAcrossRestarts() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    FolderWatch watch = watch();
    assertEquals(0, watch.poll(one -> {}));
    grey("in/a.png", 10);
    assertEquals(0, watch.poll(one -> {}), "it may still be growing");
    assertEquals(1, watch.poll(one -> {}));
    assertEquals(0, watch.poll(one -> {}));

    grey("in/sub/b.png", 20);
    FolderWatch restarted = watch();
    assertEquals(0, restarted.poll(one -> {}));
    assertEquals(1, restarted.poll(one -> {}));
    assertEquals(3, Files.readAllLines(folder.resolve("out/scores.csv")).size());
  }

  @Test
  void aHalfCopiedPictureIsWaitedForAndReportedWhenItStaysSo() throws IOException {
    Path whole = grey("elsewhere.png", 30);
    byte[] bytes = Files.readAllBytes(whole);
    Path copy = Files.createDirectories(folder.resolve("in")).resolve("c.png");
    Files.write(copy, Arrays.copyOf(bytes, bytes.length / 2));
    FolderWatch watch = watch();
    assertEquals(0, watch.poll(one -> {}) + watch.poll(one -> {}) + watch.poll(one -> {}));
    List<Outcome> reported = new ArrayList<>();
    assertEquals(1, watch.poll(reported::add));
    assertTrue(reported.get(0).failure().isPresent());

    Files.write(copy, bytes); // the copy went on after all
    watch.poll(reported::add);
    assertEquals(1, watch.poll(reported::add));
    assertTrue(reported.get(1).result().isPresent());
  }

  @Test
  void aJournalLineThatWasTornByAPowerCutIsForgotten() throws IOException {
    grey("in/a.png", 10);
    FolderWatch watch = watch();
    watch.poll(one -> {});
    watch.poll(one -> {});
    Path journal = folder.resolve("out/watch.jsonl");
    String whole = Files.readString(journal);
    Files.writeString(journal, whole + whole.substring(0, whole.length() / 2));
    FolderWatch restarted = watch();
    assertEquals(0, restarted.poll(one -> {}) + restarted.poll(one -> {}));
    assertEquals(whole, Files.readString(journal));
  }

  private FolderWatch watch() {
    return new FolderWatch(predictor(1f), folder.resolve("in"));
  }

  private Predictor predictor(float threshold) {
    return new Predictor(
        new BrightnessDetector(),
        new ImageReader(),
        "thing",
        new PredictionOptions(
            Optional.of(folder.resolve("out")), true, true, 0.3f, Optional.of(threshold)));
  }

  private Path grey(String name, int level) {
    BufferedImage picture = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 20 * 16; i++) {
      picture.setRGB(i % 20, i / 20, level << 16 | level << 8 | level);
    }
    return SyntheticParts.write(folder.resolve(name), picture);
  }
}
