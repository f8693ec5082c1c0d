package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.torch.TorchDetectorOpener;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of pictures that do not show the product as it should be, on drawn products. */
class SceneTableTest {

  private static final int FURTHER = 19;
  private static final int GOOD = 10;
  private static final int ODD = 2;
  private static final String OTHER = "other part ";

  @TempDir static Path folder;

  private static LoadedBackbone backbone;

  @BeforeAll
  static void open() {
    backbone =
        LoadedBackbone.open(
            OpenClipWeights.open(MiniBackbone.builtIn().unpack(folder.resolve("mini"))),
            Precision.FP32);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static TrainingConfig config() {
    return TrainingConfig.mvtec()
        .with(
            Map.of(
                "scene.enabled", "true",
                "memory.encoder", "clip+trunk",
                "optimizer.epochs", "2"));
  }

  private static List<Path> pictures(DrawnProducts product, int from, int count) {
    List<Path> files = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      files.add(SyntheticParts.write(folder.resolve(product + "/" + i + ".png"), product.draw(i)));
    }
    return files;
  }

  /** Verdicts of one detector by kind of picture. */
  private record Row(int caught, int shown, List<String> passed) {

    static Row none() {
      return new Row(0, 0, List.of());
    }

    Row and(Verdict verdict, String what) {
      List<String> all = new ArrayList<>(passed);
      if (verdict.ok()) {
        all.add(what);
      }
      return new Row(caught + (verdict.ok() ? 0 : 1), shown + 1, all);
    }
  }

  @Test
  void atLeastNineteenOfTwentyOddPicturesAreNotOkAndNoGoodOneIsUnlike() throws Exception {
    Map<String, Row> before = new LinkedHashMap<>();
    Map<String, Row> after = new LinkedHashMap<>();
    for (DrawnProducts product : DrawnProducts.values()) {
      Path file = folder.resolve(product + ".anople");
      new Enrolment(config(), OptionalDouble.empty(), TrainingListener.SILENT)
          .run(
              backbone,
              "drawn",
              List.of(new TrainingClass("part", pictures(product, 0, 1))),
              TrainingFiles.NONE)
          .write(file);
      try (DetectorFile opened = TorchDetectorOpener.on(file, backbone)) {
        Threshold calibrated =
            Calibrating.promised(
                    opened,
                    Calibrating.further(opened, pictures(product, 1, FURTHER)),
                    0.05,
                    fault -> {
                      throw fault;
                    })
                .threshold();
        Threshold ofShots = calibrated.with(opened.sceneOfShots());
        for (int i = 0; i < GOOD; i++) {
          Detection found = opened.detector().detect(RgbImage.of(product.draw(100 + i)));
          String what = product + ", good " + i;
          assertEquals(List.of(), ofShots.judge(found).faults(), what);
          assertEquals(List.of(), calibrated.judge(found).faults(), what);
        }
        for (int i = 0; i < ODD; i++) {
          odd(product, i)
              .forEach(
                  (kind, image) -> {
                    Detection found = opened.detector().detect(image);
                    add(before, product, kind, ofShots.judge(found));
                    add(after, product, kind, calibrated.judge(found));
                  });
        }
      }
    }
    requireCaught("limits of the shots", before);
    requireCaught("limits of a calibration", after);
  }

  private static Map<String, RgbImage> odd(DrawnProducts product, int number) {
    RgbImage good = RgbImage.of(product.draw(200 + number));
    Map<String, RgbImage> odd = OddPictures.of(good, product.standing(), number);
    for (DrawnProducts other : DrawnProducts.values()) {
      if (other != product) {
        odd.put(OTHER + other, RgbImage.of(other.draw(number)));
      }
    }
    return odd;
  }

  private static void add(
      Map<String, Row> rows, DrawnProducts product, String kind, Verdict verdict) {
    Row one = Row.none().and(verdict, product + " " + kind);
    String row = kind.startsWith(OTHER) ? OTHER.strip() : kind;
    rows.merge(row, one, (old, more) -> old.and(verdict, product + " " + kind));
  }

  private static void requireCaught(String when, Map<String, Row> rows) {
    Row all = Row.none();
    for (Map.Entry<String, Row> row : rows.entrySet()) {
      System.out.printf(
          "%s, %s: %d of %d caught %s%n",
          when,
          row.getKey(),
          row.getValue().caught(),
          row.getValue().shown(),
          row.getValue().passed());
      List<String> passed = new ArrayList<>(all.passed());
      passed.addAll(row.getValue().passed());
      all =
          new Row(
              all.caught() + row.getValue().caught(), all.shown() + row.getValue().shown(), passed);
    }
    assertTrue(all.caught() >= 0.95 * all.shown(), when + " pass: " + all.passed());
  }
}
