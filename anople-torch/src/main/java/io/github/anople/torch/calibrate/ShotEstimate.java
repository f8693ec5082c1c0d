package io.github.anople.torch.calibrate;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Estimate;
import io.github.anople.core.decide.NormalScore;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.synth.Draws;
import io.github.anople.torch.synth.MildAugmentation;
import io.github.anople.torch.synth.PseudoAnomaly;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.ShotPatches;
import io.github.anople.torch.train.ShotTiles;
import io.github.anople.torch.train.Shots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Thresholds from the shots alone: altered views of each, and the same with a simulated defect, are
 * scored by a detector that has the shot left out of its memory ({@link LeaveOneOut}); see {@link
 * Estimate} for what becomes of the scores. The scene check looks at the views too, and keeps its
 * limits.
 *
 * <p>It remains too kind, since prompts and decoder learned from all shots, and most of all where a
 * class has one shot: no picture tells how parts differ then.
 *
 * @param backbone the frozen CLIP that the detector was trained on
 * @param reader reads the shots
 * @param targets the shares of false alarms, and of uncertain pictures, that are aimed at
 */
public record ShotEstimate(LoadedBackbone backbone, ImageReader reader, Targets targets) {

  /** Views of all shots together, and the least of each: enough for a fit, soon done. */
  private static final int VIEWS = 64;

  private static final int FEWEST_VIEWS = 8;
  private static final int BATCH = 8;

  /**
   * An estimate of one threshold.
   *
   * @param backbone the frozen CLIP that the detector was trained on
   * @param reader reads the shots
   * @param target the share of false alarms that is aimed at
   * @throws IllegalArgumentException if it is out of range
   */
  public ShotEstimate(LoadedBackbone backbone, ImageReader reader, double target) {
    this(backbone, reader, new Targets(target));
  }

  /**
   * Estimates thresholds.
   *
   * @param bundle the detector; its own calibration does not matter
   * @param where where it comes from, for messages
   * @param files the files of its shots, in the provenance's order
   * @return a calibration of kind {@link Calibration.Kind#ESTIMATE}; the same on one machine, since
   *     all draws follow from the training's seed
   * @throws io.github.anople.core.InputException if a picture cannot be read, or detector and
   *     backbone do not belong together
   * @throws IllegalArgumentException if there is not a file a shot
   */
  public Calibration calibrate(DetectorBundle bundle, String where, List<Path> files) {
    requireAsMany(bundle, files.size());
    DetectorModels models = DetectorModels.of(bundle, where, backbone);
    return calibrate(
        bundle, where, Shots.reread(bundle, files, reader, models.sizes(), models.tiling()));
  }

  /**
   * Estimates thresholds from shots that are in memory, as after training.
   *
   * @param bundle the detector; its own calibration does not matter
   * @param where where it comes from, for messages
   * @param shots its shots, in the provenance's order
   * @return as {@link #calibrate(DetectorBundle, String, List)}
   * @throws io.github.anople.core.InputException if detector and backbone do not belong together
   * @throws IllegalArgumentException if there are not as many as the detector has
   */
  public Calibration calibrate(DetectorBundle bundle, String where, Shots shots) {
    int expected = bundle.provenance().shots().size();
    requireAsMany(bundle, shots.all().size());
    List<NormalScore> good = new ArrayList<>();
    List<NormalScore> bad = new ArrayList<>();
    for (LeaveOneOut round : rounds(bundle, where, shots)) {
      try (AnomalyDetector detector = TorchDetector.of(round.detector(), where, backbone)) {
        for (int shot : round.shots()) {
          Optional<ShotTiles> tiles = shots.all().get(shot).tiles();
          if (tiles.isPresent()) {
            Drawing drawing = new Drawing(bundle.provenance().seed(), Optional.empty());
            TileViews views = new TileViews(detector, drawing, bundle.region(), tiles.get());
            int count = TileViews.count(Math.max(FEWEST_VIEWS, VIEWS / expected), shots);
            views.score(shot, shots.all().get(shot), count, good, bad);
            continue;
          }
          RgbImage image = shots.all().get(shot).fine();
          List<View> views =
              views(
                  new Drawing(bundle.provenance().seed(), detector.region()),
                  shot,
                  image,
                  expected);
          good.addAll(scores(detector, views.stream().map(View::good).toList()));
          bad.addAll(scores(detector, views.stream().flatMap(v -> v.bad().stream()).toList()));
        }
      }
    }
    return Estimate.calibrate(
        good, bad, expected, targets, bundle.scene().map(SceneMemory::limits));
  }

  private static void requireAsMany(DetectorBundle bundle, int given) {
    int expected = bundle.provenance().shots().size();
    if (given != expected) {
      throw new IllegalArgumentException(given + " images for " + expected + " shots");
    }
  }

  /**
   * All patches are computed again: what a round keeps is selected from those of its own shots, as
   * if there had been no others.
   */
  private List<LeaveOneOut> rounds(DetectorBundle bundle, String where, Shots shots) {
    MemoryFiller filler = new MemoryFiller(DetectorModels.of(bundle, where, backbone));
    List<ShotPatches> patches =
        bundle.memory().isEmpty() ? List.of() : filler.patches(bundle, shots.all(), () -> {});
    return LeaveOneOut.rounds(bundle, patches, filler::kept);
  }

  /**
   * A view of a shot.
   *
   * @param good without a defect
   * @param bad with one; empty where none could be drawn
   */
  record View(RgbImage good, Optional<RgbImage> bad) {}

  /**
   * What views are drawn by.
   *
   * @param seed of all draws
   * @param region where a defect counts; empty for everywhere
   */
  record Drawing(long seed, Optional<Region> region) {

    /** Whether a defect has a pixel that the detector looks at. */
    boolean counts(PseudoAnomaly defect, int side) {
      if (defect.isEmpty() || region.isEmpty()) {
        return !defect.isEmpty();
      }
      boolean[] counted = region.get().counted(side, side);
      boolean any = false;
      for (int i = 0; i < counted.length && !any; i++) {
        any = counted[i] && defect.mask()[i] != 0;
      }
      return any;
    }
  }

  /** Each view's draws are its own, so all processors make views, while libtorch waits. */
  private static List<View> views(Drawing drawing, int shot, RgbImage image, int shots) {
    return IntStream.range(0, Math.max(FEWEST_VIEWS, VIEWS / shots))
        .parallel()
        .mapToObj(i -> view(image, drawing, Draws.of(drawing.seed(), "calibration", shot, i)))
        .toList();
  }

  static View view(RgbImage image, Drawing drawing, RandomGenerator random) {
    int side = image.width();
    RgbImage good = MildAugmentation.draw(image, random);
    PseudoAnomaly defect =
        PseudoAnomaly.draw(good.toPlanar(), side, AnomalySource.ofItself(), random);
    return new View(
        good,
        drawing.counts(defect, side) ? Optional.of(image(defect.image(), side)) : Optional.empty());
  }

  private static RgbImage image(float[] planar, int side) {
    int pixels = side * side;
    byte[] samples = new byte[planar.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.round(planar[i % 3 * pixels + i / 3] * 255);
    }
    return RgbImage.of(side, side, samples);
  }

  private static List<NormalScore> scores(AnomalyDetector detector, List<RgbImage> images) {
    List<NormalScore> scores = new ArrayList<>();
    for (int from = 0; from < images.size(); from += BATCH) {
      int to = Math.min(images.size(), from + BATCH);
      detector
          .detect(images.subList(from, to))
          .forEach(detection -> scores.add(NormalScore.of(detection)));
    }
    return scores;
  }
}
