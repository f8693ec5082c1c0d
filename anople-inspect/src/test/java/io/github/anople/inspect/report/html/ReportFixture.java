package io.github.anople.inspect.report.html;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.DefectRow;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.KeyNumbers;
import io.github.anople.inspect.report.ReportThreshold;
import io.github.anople.inspect.report.ThumbnailMaker;
import io.github.anople.inspect.report.Thumbnails;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Reports with drawn pictures and made-up numbers, for tests and for looking at. */
final class ReportFixture {

  static final double THRESHOLD = 0.2;

  private static final OptionalDouble NO = OptionalDouble.empty();
  private static final int SIDE = 160;

  /** Drawn once: it takes a second. */
  private static final List<Inspection> IMAGES = images(18, 8, 6);

  private ReportFixture() {}

  /** What a usual test of a calibrated detector looks like. */
  static InspectionReport usual() {
    return with(
        IMAGES,
        new ReportThreshold(
            OptionalDouble.of(THRESHOLD),
            ReportThreshold.Origin.CALIBRATED,
            "From 99 further good images: at most 1 % of good images are called defective, on"
                + " average."),
        List.of());
  }

  /** Without threshold, numbers, features, defects and background. */
  static InspectionReport bare(List<Inspection> images) {
    return new InspectionReport(
        heading("Washers", "There is nothing to say."),
        new KeyNumbers(NO, NO, NO, NO, NO, NO, NO, NO, NO),
        ReportThreshold.none("The detector was not calibrated."),
        ReportThreshold.none("The detector was not calibrated."),
        ColourScale.UNCALIBRATED,
        images,
        List.of(),
        Optional.empty(),
        new InspectionReport.Background(Map.of(), Map.of(), Map.of(), List.of()));
  }

  static InspectionReport with(
      List<Inspection> images, ReportThreshold threshold, List<String> faults) {
    return new InspectionReport(
        heading(
            "Washers, 2 shots",
            "29 of 32 images are judged right: 2 of 14 defects are missed, and 1 of 18 good images"
                + " raises an alarm."),
        new KeyNumbers(
            OptionalDouble.of(0.964),
            OptionalDouble.of(0.971),
            OptionalDouble.of(0.923),
            OptionalDouble.of(0.9816),
            OptionalDouble.of(0.612),
            OptionalDouble.of(0.902),
            NO,
            OptionalDouble.of(1 / 18.0),
            OptionalDouble.of(2 / 14.0),
            NO,
            NO,
            Optional.of(new BoxNumbers(14, 12, 7.4, 15, 13, 18, 1))),
        threshold,
        new ReportThreshold(
            OptionalDouble.of(0.15),
            ReportThreshold.Origin.ESTIMATE,
            "From altered views of the 2 shots and simulated defects; nothing is promised."),
        ColourScale.calibrated(0.05f, 0.15f),
        images,
        List.of(
            row("scratch", 8, 0.981, 0.985, 0.911, OptionalInt.of(1)),
            row("stain", 6, 0.938, 0.977, 0.883, OptionalInt.of(1))),
        Optional.of(features()),
        new InspectionReport.Background(
            pairs(
                "shots", "2", "epochs", "5", "seed", "7", "input side", "240", "prompt depth", "9"),
            pairs("backbone", "ViT-B-16-plus-240", "weights SHA-256", "3f".repeat(32)),
            pairs("training", "3 min 12 s", "test", "41.0 s", "per image", "1.28 s"),
            faults));
  }

  private static DefectRow row(
      String type, int images, double auroc, double pixel, double aupro, OptionalInt missed) {
    return new DefectRow(
        type,
        images,
        OptionalDouble.of(auroc),
        OptionalDouble.of(pixel),
        OptionalDouble.of(aupro),
        missed,
        Optional.of(new BoxNumbers(images, images - 1, 0.6 * images, images, images, 18, 1)));
  }

  static InspectionReport.Heading heading(String title, String verdict) {
    return new InspectionReport.Heading(
        title, "washer", Instant.parse("2026-11-25T18:42:00Z"), "anople 0.1.0", verdict);
  }

  private static Map<String, String> pairs(String... text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < text.length; i += 2) {
      pairs.put(text[i], text[i + 1]);
    }
    return pairs;
  }

  private static List<Inspection> images(int good, int scratched, int stained) {
    List<Inspection> images = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < good; i++) {
      float score = i == 4 ? 0.27f : 0.06f + 0.11f * random.nextFloat();
      images.add(image("good/%03d.png".formatted(i), "good", SyntheticParts.good(i), i, score));
    }
    for (int i = 0; i < scratched; i++) {
      float score = i == 5 ? 0.13f : 0.24f + 0.3f * random.nextFloat();
      BufferedImage image = SyntheticParts.scratched(i + 100);
      images.add(image("scratch/%03d.png".formatted(i), "scratch", image, i + 100, score));
    }
    for (int i = 0; i < stained; i++) {
      float score = i == 2 ? 0.18f : 0.21f + 0.25f * random.nextFloat();
      BufferedImage image = stain(SyntheticParts.good(i + 200), i);
      images.add(image("stain/%03d.png".formatted(i), "stain", image, i + 200, score));
    }
    return images;
  }

  private static BufferedImage stain(BufferedImage image, int number) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(70, 45, 30, 200));
    graphics.fillOval(35 + 9 * number, 60 + 4 * number, 16 + 2 * number, 22);
    graphics.dispose();
    return image;
  }

  private static Inspection image(
      String name, String type, BufferedImage image, int number, float score) {
    boolean bad = !type.equals("good");
    // Grain differs by 8 at most between the two, a defect by far more.
    byte[] mask = difference(image, SyntheticParts.good(number));
    ThumbnailMaker maker =
        new ThumbnailMaker(ColourScale.calibrated(0.05f, 0.15f), OptionalDouble.of(0.15));
    ScoreMap map = map(mask, score, number);
    Thumbnails thumbnails =
        maker.of(RgbImage.of(image), map, bad ? Optional.of(mask) : Optional.empty());
    return result(name, type, bad ? Label.ANOMALOUS : Label.NORMAL, score)
        .with(Artifacts.NONE.with(thumbnails))
        .withDefects(
            Optional.of(DefectRule.manual(0.15f).find(map, image.getWidth(), image.getHeight())));
  }

  static Inspection result(String name, String type, Label label, float score) {
    Verdict verdict = Threshold.manual((float) THRESHOLD).judge(score);
    Sample sample = new Sample(Path.of(name), Optional.empty(), label, "washer", type);
    return new Inspection(sample, score, Optional.of(verdict));
  }

  private static byte[] difference(BufferedImage one, BufferedImage other) {
    byte[] mask = new byte[SIDE * SIDE];
    for (int i = 0; i < mask.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      Color here = new Color(one.getRGB(x, y));
      Color there = new Color(other.getRGB(x, y));
      int change =
          Math.abs(here.getRed() - there.getRed()) + Math.abs(here.getBlue() - there.getBlue());
      mask[i] = (byte) (change > 40 ? 1 : 0);
    }
    return mask;
  }

  /** High near the defect, a little uneven elsewhere. */
  private static ScoreMap map(byte[] mask, float score, int number) {
    int[] marked = IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
    float[] values = new float[SIDE * SIDE];
    double phase = new Random(number).nextDouble() * 6;
    for (int i = 0; i < values.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      double calm = 0.04 + 0.03 * Math.sin(phase + 0.04 * x) * Math.cos(phase + 0.03 * y);
      values[i] = (float) (calm + 1.3 * score * near(marked, x, y));
    }
    return ScoreMap.of(SIDE, values);
  }

  private static double near(int[] marked, int x, int y) {
    int nearest = 2 * SIDE * SIDE;
    for (int i : marked) {
      int dx = i % SIDE - x;
      int dy = i / SIDE - y;
      nearest = Math.min(nearest, dx * dx + dy * dy);
    }
    return Math.exp(-nearest / 120.0);
  }

  private static FeaturePlot features() {
    List<FeaturePlot.Point> points = new ArrayList<>();
    Random random = new Random(11);
    cloud(points, random, FeaturePlot.Kind.SHOT, "", 2, -1.1);
    cloud(points, random, FeaturePlot.Kind.GOOD, "", 18, -1);
    cloud(points, random, FeaturePlot.Kind.DEFECT, "scratch", 8, 1.1);
    cloud(points, random, FeaturePlot.Kind.DEFECT, "stain", 6, 0.6);
    points.add(
        new FeaturePlot.Point(FeaturePlot.Kind.TEXT_NORMAL, "", "normal washer", -1.9, -1.2));
    points.add(
        new FeaturePlot.Point(FeaturePlot.Kind.TEXT_ANOMALOUS, "", "damaged washer", 1.9, 1.3));
    return new FeaturePlot(points, OptionalDouble.of(0.47));
  }

  private static void cloud(
      List<FeaturePlot.Point> points,
      Random random,
      FeaturePlot.Kind kind,
      String type,
      int count,
      double at) {
    for (int i = 0; i < count; i++) {
      String folder = type.isEmpty() ? "good" : type;
      points.add(
          new FeaturePlot.Point(
              kind,
              type,
              "%s/%03d.png".formatted(folder, i),
              at + 0.4 * random.nextGaussian(),
              0.6 * at + 0.4 * random.nextGaussian()));
    }
  }
}
