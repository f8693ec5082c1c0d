package io.github.anople.app;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.NormalScore;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.calibrate.ShotFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.evaluate.ThresholdQuality;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Calibrates a corrected detector, and compares it with what it was.
 *
 * @param correcting what is asked for
 * @param file the detector's
 * @param backbone what it stands on
 */
record Comparing(Correcting correcting, Path file, LoadedBackbone backbone) {

  /**
   * What a detector says of a picture, as far as verdicts need it.
   *
   * @param score its score
   * @param scene what the scene check measured
   */
  private record Scored(float score, Optional<Scene> scene) {

    Comparison.Judged by(Optional<Calibration> decided) {
      return new Comparison.Judged(
          score, decided.map(Calibration::threshold).map(rule -> rule.judge(score, scene)));
    }
  }

  /**
   * One of the two detectors at work.
   *
   * @param decided its thresholds
   * @param scores of pictures
   * @param tests a category each
   */
  private record Side(
      Optional<Calibration> decided, Map<Path, Scored> scores, List<Evaluation> tests) {

    OptionalInt notOk(List<Path> pictures) {
      return decided.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(
              (int) pictures.stream().filter(one -> scores.get(one).by(decided).notOk()).count());
    }
  }

  /** Both detectors; the second one gets its thresholds. */
  Correcting.Corrected of(DetectorBundle before, DetectorBundle after, List<Path> added)
      throws InterruptedException {
    Optional<CalibrationSet> good = good(after);
    List<Path> pictures = new ArrayList<>(added);
    good.ifPresent(set -> pictures.addAll(set.images()));
    Side old = before(before, pictures);
    DetectorBundle decided = after;
    Map<Path, Scored> scores = new LinkedHashMap<>();
    Side now;
    try (TorchDetector detector = TorchDetector.of(after, file.toString(), backbone)) {
      if (good.isPresent()) {
        Optional<SceneLimits> scene = wanted(after.scene().map(SceneMemory::limits));
        CalibrationSet.Measured measured = measured(detector, good.get(), scene, scores);
        decided =
            after
                .withCalibration(Optional.of(measured.calibration()))
                .withDrift(Optional.of(measured.drift()));
      }
      stage("scoring the added pictures", added.size());
      scores.putAll(scores(detector, added));
      now = new Side(judging(decided), scores, tested(detector, judging(decided)));
    }
    return new Correcting.Corrected(decided, comparison(old, now, added, good, decided));
  }

  private Optional<CalibrationSet> good(DetectorBundle after) {
    Optional<CalibrationSet> good =
        correcting
            .calibration()
            .map(wanted -> CalibrationSet.of(after.provenance(), wanted.good()));
    if (good.isPresent() && good.get().images().isEmpty()) {
      throw new InputException(
          file,
          "knows all of the pictures to calibrate with",
          "give good pictures that it has not seen");
    }
    return good;
  }

  private Side before(DetectorBundle bundle, List<Path> pictures) throws InterruptedException {
    try (TorchDetector detector = TorchDetector.of(bundle, file.toString(), backbone)) {
      stage("scoring as before", pictures.size());
      Map<Path, Scored> scores = scores(detector, pictures);
      return new Side(judging(bundle), scores, tested(detector, judging(bundle)));
    }
  }

  private void stage(String what, int pictures) {
    if (pictures > 0) {
      correcting.listener().stage(what + ": " + Correcting.count(pictures));
    }
  }

  /** The thresholds that verdicts follow: without the scene check where it is not wanted. */
  private Optional<Calibration> judging(DetectorBundle bundle) {
    return bundle.decided().map(known -> known.withScene(wanted(known.scene())));
  }

  private Optional<SceneLimits> wanted(Optional<SceneLimits> limits) {
    boolean off = correcting.calibration().isPresent() && !correcting.calibration().get().scene();
    return off ? Optional.empty() : limits;
  }

  private CalibrationSet.Measured measured(
      AnomalyDetector detector,
      CalibrationSet good,
      Optional<SceneLimits> scene,
      Map<Path, Scored> scores)
      throws InterruptedException {
    stage("calibrating", good.images().size());
    Correcting.Listener listener = correcting.listener();
    return good.measure(
        detector,
        correcting.reader(),
        correcting.calibration().orElseThrow().targets(),
        scene,
        new CalibrationSet.Listener() {
          @Override
          public void unreadable(InputException fault) {
            listener.unreadable(fault);
          }

          @Override
          public void unlike(Path image, List<SceneFault> faults) {
            listener.unlike(image, faults);
          }

          @Override
          public void scored(Path image, NormalScore score) {
            scores.put(image, new Scored(score.image(), score.scene()));
          }
        });
  }

  /** Pictures that cannot be read are passed over: the calibration tells of them. */
  private Map<Path, Scored> scores(AnomalyDetector detector, List<Path> pictures)
      throws InterruptedException {
    Map<Path, Scored> scores = new LinkedHashMap<>();
    Scoring.<Path>of(detector, correcting.reader()::read)
        .run(
            pictures.iterator(),
            () -> true,
            new Scoring.Sink<>() {
              @Override
              public void scored(Path picture, Optional<RgbImage> image, Detection detection) {
                scores.put(picture, new Scored(detection.score(), detection.scene()));
              }

              @Override
              public void failed(Path picture, InputException fault) {
                // Told where it matters.
              }
            });
    return scores;
  }

  private List<Evaluation> tested(AnomalyDetector detector, Optional<Calibration> decided)
      throws InterruptedException {
    List<Evaluation> tests = new ArrayList<>();
    if (correcting.test().isPresent()) {
      stage("testing", correcting.test().get().test().size());
      Optional<Threshold> rule = decided.map(Calibration::threshold);
      Evaluator evaluator =
          new Evaluator(
              detector, rule, Optional.empty(), EvaluationListener.SILENT, correcting.reader());
      for (InspectionDataset.Category category : correcting.test().get().categories()) {
        tests.add(evaluator.run(category));
      }
    }
    return tests;
  }

  private Comparison comparison(
      Side old, Side now, List<Path> added, Optional<CalibrationSet> good, DetectorBundle after) {
    List<Comparison.Change> changes =
        added.stream()
            .map(
                picture ->
                    new Comparison.Change(
                        picture,
                        old.scores().get(picture).by(old.decided()),
                        now.scores().get(picture).by(now.decided())))
            .toList();
    Optional<Comparison.NotOk> counts =
        good.map(
            set -> {
              List<Path> read = set.images().stream().filter(now.scores()::containsKey).toList();
              return new Comparison.NotOk(read.size(), old.notOk(read), now.notOk(read));
            });
    List<Comparison.Test> tests = new ArrayList<>();
    for (int i = 0; i < old.tests().size(); i++) {
      Evaluation before = old.tests().get(i);
      Evaluation then = now.tests().get(i);
      tests.add(
          new Comparison.Test(
              before,
              old.decided().map(rule -> ThresholdQuality.of(rule, before)),
              then,
              now.decided().map(rule -> ThresholdQuality.of(rule, then)),
              ShotFiles.among(
                      after.provenance(),
                      then.images().stream()
                          .map(image -> image.sample())
                          .map(Sample::image)
                          .toList())
                  .size()));
    }
    return new Comparison(changes, counts, tests);
  }
}
