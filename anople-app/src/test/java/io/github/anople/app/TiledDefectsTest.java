package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.detect.TileCut;
import io.github.anople.core.detect.TileGrid;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.metric.ImageMetrics;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Defects of 20 pixels in large drawn pictures, which nobody sees in what the backbone gets of
 * them: found in tiles. {@code -Danople.tiles=large} measures 8,000 x 2,000 pixels too, and time
 * and memory beside those of one tile.
 */
class TiledDefectsTest {

  private static final boolean LARGE = "large".equals(System.getProperty("anople.tiles"));
  private static final int DEFECT = 20;

  @TempDir static Path shared;

  private static LoadedBackbone backbone;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    backbone =
        LoadedBackbone.open(
            OpenClipWeights.open(MiniBackbone.builtIn().unpack(shared.resolve("mini"))),
            Precision.FP32);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  /** A brushed sheet with stripes and a sensor's noise; with a stain where a defect is wanted. */
  private static RgbImage sheet(int width, int height, long seed, boolean defective) {
    SplittableRandom random = new SplittableRandom(seed);
    int left = random.nextInt(width - DEFECT);
    int top = random.nextInt(height - DEFECT);
    int phase = random.nextInt(40);
    byte[] samples = new byte[3 * width * height];
    double[] brushed = new double[width];
    for (int x = 0; x < width; x++) {
      brushed[x] = 10 * Math.sin((x + phase) * 0.08) + 4 * (random.nextDouble() - 0.5);
    }
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double level = 150 + brushed[x] + 6 * (random.nextDouble() - 0.5);
        double far = Math.hypot(x - left - DEFECT / 2.0, y - top - DEFECT / 2.0);
        if (defective && far < DEFECT / 2.0) {
          level -= 70;
        }
        for (int band = 0; band < 3; band++) {
          samples[at++] = (byte) Math.max(0, Math.min(255, level + 3 * band));
        }
      }
    }
    return RgbImage.of(width, height, samples);
  }

  private DetectorBundle train(TrainingConfig config, int width, int height) {
    Path shot = folder.resolve("shot-" + width + ".png");
    if (!Files.exists(shot)) {
      SyntheticParts.write(shot, sheet(width, height, 1, false).toBufferedImage());
    }
    return new Trainer(config)
        .train(
            backbone,
            "sheets",
            List.of(new TrainingClass("sheet", List.of(shot))),
            TrainingFiles.NONE);
  }

  private static TrainingConfig config() {
    return TrainingConfig.usual().with("optimizer.epochs", LARGE ? "10" : "2");
  }

  /** What detection finds of good and defective sheets. */
  private record Found(List<Detection> good, List<Detection> bad) {

    static Found of(AnomalyDetector detector, int width, int height, int each) {
      Found found = new Found(new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < each; i++) {
        found.good.add(detector.detect(sheet(width, height, 100 + i, false)));
        found.bad.add(detector.detect(sheet(width, height, 200 + i, true)));
      }
      return found;
    }

    double auroc() {
      return ImageMetrics.of(scores(good), scores(bad)).auroc().orElseThrow();
    }

    private static double[] scores(List<Detection> of) {
      return of.stream().mapToDouble(Detection::score).toArray();
    }
  }

  private void measure(int width, int height, int size, int each) {
    double squashed = -1;
    if (LARGE) {
      try (AnomalyDetector whole =
          TorchDetector.of(train(config(), width, height), "whole", backbone)) {
        squashed = Found.of(whole, width, height, each).auroc();
      }
    }
    TrainingConfig tiled = config().with("tiles.size", Integer.toString(size));
    DetectorBundle bundle = train(tiled, width, height);
    try (AnomalyDetector detector = TorchDetector.of(bundle, "tiles", backbone)) {
      Found found = Found.of(detector, width, height, each);
      TileGrid grid = tiled.tiles().tiling().orElseThrow().of(width, height);
      double inside = 0;
      double border = 0;
      for (Detection one : found.good) {
        double[] most = highest(one.map(), grid);
        border = Math.max(border, most[0]);
        inside = Math.max(inside, most[1]);
      }
      System.out.printf(
          Locale.ROOT,
          "%d x %d, %d tiles of %d, %d + %d pictures: AUROC %.3f in tiles, %.3f as a whole;"
              + " highest of good maps %.4f at borders, %.4f elsewhere%n",
          width,
          height,
          grid.count(),
          size,
          each,
          each,
          found.auroc(),
          squashed,
          border,
          inside);
      assertTrue(found.auroc() >= 0.98, "AUROC " + found.auroc());
      // Of two maxima over a good sheet either may be the larger by a little; a seam is no little.
      assertTrue(border <= 1.05 * inside, border + " at borders, " + inside + " elsewhere");
    }
  }

  /** The largest value where tiles meet, and that elsewhere. */
  private static double[] highest(ScoreMap map, TileGrid grid) {
    double[] highest = {0, 0};
    for (int y = 0; y < map.height(); y++) {
      boolean row = meets(grid.y(), (y + 0.5) * grid.y().length() / map.height());
      for (int x = 0; x < map.width(); x++) {
        boolean column = meets(grid.x(), (x + 0.5) * grid.x().length() / map.width());
        int which = row || column ? 0 : 1;
        highest[which] = Math.max(highest[which], map.at(y, x));
      }
    }
    return highest;
  }

  private static boolean meets(TileGrid.Axis axis, double at) {
    for (int tile = 1; tile < axis.count(); tile++) {
      if (at >= axis.start(tile) && at < axis.start(tile - 1) + axis.side()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aStainOnALineScanIsFoundAndNoBorderOfATileShows() {
    measure(200, 5000, 200, LARGE ? 20 : 3);
  }

  @Test
  void aStainOnALargeSheetIsFound() {
    assumeTrue(LARGE, "skipped: -Danople.tiles=large asks for it");
    measure(8000, 2000, 480, 8);
  }

  @Test
  void tilesCostWhatTheyCostAlone() throws IOException {
    assumeTrue(LARGE, "skipped: -Danople.tiles=large asks for it");
    TrainingConfig tiled = config().with("tiles.size", "480");
    DetectorBundle bundle = train(tiled, 8000, 2000);
    RgbImage picture = sheet(8000, 2000, 7, false);
    TileGrid grid = tiled.tiles().tiling().orElseThrow().of(8000, 2000);
    TrainingConfig plain = tiled.with("tiles.size", "0");
    DetectorBundle alone =
        new DetectorBundle(plain.toJson(), bundle.provenance(), bundle.learned(), bundle.encoders())
            .withMemory(bundle.memory(), bundle.provenance())
            .withScene(bundle.scene());
    List<RgbImage> eight = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      eight.add(TileCut.cut(picture, grid, i));
    }
    double each;
    long ofEight;
    try (AnomalyDetector one = TorchDetector.of(alone, "alone", backbone)) {
      one.detect(eight);
      resetPeak();
      long begun = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        one.detect(eight);
      }
      each = (System.nanoTime() - begun) / 1e9 / 40;
      ofEight = peak();
    }
    try (AnomalyDetector detector = TorchDetector.of(bundle, "tiles", backbone)) {
      detector.detect(picture);
      resetPeak();
      long begun = System.nanoTime();
      Detection found = detector.detect(picture);
      double seconds = (System.nanoTime() - begun) / 1e9;
      long map = 4L * found.map().height() * found.map().width();
      System.out.printf(
          Locale.ROOT,
          "%d tiles and the whole in %.2f s, %.2f x as many pictures of one tile (%.4f s each);"
              + " peak of resident memory %d MB beside %d MB of one tile's, the map has %d MB%n",
          grid.count(),
          seconds,
          seconds / each / grid.count(),
          each,
          peak() >> 20,
          ofEight >> 20,
          map >> 20);
    }
  }

  private static void resetPeak() throws IOException {
    System.gc();
    Path peaks = Path.of("/proc/self/clear_refs");
    assumeTrue(Files.exists(peaks), "skipped: no /proc on this system");
    Files.writeString(peaks, "5");
  }

  private static long peak() throws IOException {
    Matcher peak =
        Pattern.compile("VmHWM:\\s+(\\d+) kB")
            .matcher(Files.readString(Path.of("/proc/self/status")));
    return peak.find() ? Long.parseLong(peak.group(1)) << 10 : 0;
  }
}
