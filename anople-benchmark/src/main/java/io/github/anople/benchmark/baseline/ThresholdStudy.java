package io.github.anople.benchmark.baseline;

import io.github.anople.benchmark.ThresholdResult;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Conformal;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.ThresholdQuality;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.Draws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What thresholds from good pictures alone are worth on test images: one with a promise, from
 * training pictures that are no shots, and for a trained detector the estimate from the shots.
 *
 * @param target the share of false alarms to aim at
 * @param seed draws the further pictures: as many as the promise takes, or all there are
 * @param shots the shots of each category
 * @param reader reads them, and the further pictures
 */
record ThresholdStudy(
    double target, long seed, Map<String, List<Sample>> shots, ImageReader reader) {

  /** The estimate of a trained detector. */
  Calibration estimate(LoadedBackbone backbone, DetectorBundle bundle, String where) {
    List<Path> files = shots.values().stream().flatMap(List::stream).map(Sample::image).toList();
    return new ShotEstimate(backbone, reader, target).calibrate(bundle, where, files);
  }

  /**
   * What the thresholds are worth on a category; with limits of a scene check what the verdicts of
   * both are.
   */
  List<ThresholdResult> results(
      AnomalyDetector detector,
      InspectionDataset.Category category,
      Evaluation evaluation,
      Optional<Calibration> estimate,
      Optional<SceneLimits> scene)
      throws InterruptedException {
    List<Calibration> calibrations = new ArrayList<>();
    List<Path> further = further(category);
    if (!further.isEmpty()) {
      calibrations.add(
          new CalibrationSet(further, 0, 0)
              .calibrate(detector, reader, new Targets(target), scene, new AllGood()));
    }
    estimate.ifPresent(calibrations::add);
    return calibrations.stream()
        .map(one -> new ThresholdResult(category.name(), ThresholdQuality.of(one, evaluation)))
        .toList();
  }

  /** A data set's good pictures are good: one that is unlike the others counts as it is. */
  private static final class AllGood implements CalibrationSet.Listener {

    @Override
    public void unreadable(InputException fault) {
      throw fault;
    }

    @Override
    public void unlike(Path image, List<SceneFault> faults) {}
  }

  private List<Path> further(InspectionDataset.Category category) {
    Set<Path> learned = new HashSet<>();
    shots.getOrDefault(category.name(), List.of()).forEach(shot -> learned.add(shot.image()));
    List<Path> rest =
        category.train().stream()
            .map(Sample::image)
            .filter(file -> !learned.contains(file))
            .toList();
    List<Path> drawn = new ArrayList<>();
    for (int place : Draws.permutation(Draws.of(seed, "further", 0, 0), rest.size())) {
      if (drawn.size() < Conformal.needed(target)) {
        drawn.add(rest.get(place));
      }
    }
    return drawn;
  }
}
