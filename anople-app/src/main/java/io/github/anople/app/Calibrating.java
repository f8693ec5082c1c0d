package io.github.anople.app;

import io.github.anople.app.export.GraphThresholds;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.calibrate.ShotFiles;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gives a detector file of either kind thresholds, and stores them in it. */
public final class Calibrating {

  /** A score is half the harmonic mean of two numbers in [0, 1]. */
  private static final float HIGHEST_SCORE = 0.5f;

  private Calibrating() {}

  /**
   * The further good images of a calibration, shots and copies sorted out.
   *
   * @param detector the detector
   * @param files good images
   * @return at least one image
   * @throws InputException if the detector has learned from all of them
   */
  public static CalibrationSet further(DetectorFile detector, List<Path> files) {
    CalibrationSet further = CalibrationSet.of(detector.provenance(), files);
    if (further.images().isEmpty()) {
      throw new InputException(
          detector.path(),
          "has learned from all of these pictures",
          "give good pictures that it has not seen");
    }
    return further;
  }

  /**
   * Thresholds with a promise, from further good images, and limits of the scene check where the
   * detector has one.
   *
   * @param detector the detector; started if it was not
   * @param further what {@link #further} found
   * @param falseAlarms the share of false alarms to promise
   * @param unreadable told of each image that is left out since it cannot be read
   * @return the calibration, not stored
   * @throws InputException if no image can be read, or nobody can promise that share
   * @throws InterruptedException if the thread is interrupted
   */
  public static Calibration promised(
      DetectorFile detector,
      CalibrationSet further,
      double falseAlarms,
      Consumer<InputException> unreadable)
      throws InterruptedException {
    return promised(
        detector,
        further,
        Targets.checked(falseAlarms, Optional.empty()),
        detector.sceneOfShots(),
        new ImageReader(detector.provenance().reading()),
        new CalibrationSet.Listener() {
          @Override
          public void unreadable(InputException fault) {
            unreadable.accept(fault);
          }

          @Override
          public void unlike(Path image, List<SceneFault> faults) {
            // Its limits are wider for it, and the statement says what that costs.
          }
        });
  }

  /**
   * The same with a scene check of choice.
   *
   * @param detector the detector; started if it was not
   * @param further what {@link #further} found
   * @param targets the shares of false alarms, and of uncertain pictures, to promise
   * @param scene {@link DetectorFile#sceneOfShots}, or empty to promise for the score alone
   * @param reader reads the images
   * @param listener told of each image that is left out, or unlike the others
   * @return the calibration, not stored
   * @throws InputException if no image can be read
   * @throws InterruptedException if the thread is interrupted
   */
  public static Calibration promised(
      DetectorFile detector,
      CalibrationSet further,
      Targets targets,
      Optional<SceneLimits> scene,
      ImageReader reader,
      CalibrationSet.Listener listener)
      throws InterruptedException {
    return measured(detector, further, targets, scene, reader, listener).calibration();
  }

  /**
   * The same, and how the images look, so that drift can be noticed later.
   *
   * @param detector the detector; started if it was not
   * @param further what {@link #further} found
   * @param targets the shares of false alarms, and of uncertain pictures, to promise
   * @param scene {@link DetectorFile#sceneOfShots}, or empty to promise for the score alone
   * @param reader reads the images
   * @param listener told of each image that is left out, or unlike the others
   * @return the calibration and the looks, not stored
   * @throws InputException if no image can be read
   * @throws InterruptedException if the thread is interrupted
   */
  public static CalibrationSet.Measured measured(
      DetectorFile detector,
      CalibrationSet further,
      Targets targets,
      Optional<SceneLimits> scene,
      ImageReader reader,
      CalibrationSet.Listener listener)
      throws InterruptedException {
    return further.measure(detector.detector(), reader, targets, scene, listener);
  }

  /**
   * Estimated thresholds, from the shots alone.
   *
   * @param file the detector, {@code *.anople}: a graph cannot forget a shot, as an estimate must
   * @param places where its shots are: folders or files
   * @param falseAlarms the share of false alarms that is aimed at
   * @param backbone loads the backbone that the detector was trained on
   * @return the calibration, not stored
   * @throws InputException if a shot is not found, the file is an exported detector, or nobody can
   *     aim at that share
   */
  public static Calibration estimated(
      Path file, List<Path> places, double falseAlarms, Supplier<LoadedBackbone> backbone) {
    return estimated(
        file,
        places,
        Targets.checked(falseAlarms, Optional.empty()),
        backbone,
        made -> new ImageReader(made.reading()));
  }

  /**
   * The same with a reader of choice.
   *
   * @param file the detector, {@code *.anople}
   * @param places where its shots are: folders or files
   * @param targets the shares of false alarms, and of uncertain pictures, that are aimed at
   * @param backbone loads the backbone that the detector was trained on
   * @param reader reads the shots, of a detector's provenance
   * @return the calibration, not stored
   * @throws InputException if a shot is not found, or the file is an exported detector
   */
  public static Calibration estimated(
      Path file,
      List<Path> places,
      Targets targets,
      Supplier<LoadedBackbone> backbone,
      Function<Provenance, ImageReader> reader) {
    if (DetectorBundle.isNamedAsGraph(file)) {
      throw new InputException(
          file,
          "is an exported detector, and an estimate from the shots needs the one it was exported"
              + " from",
          "estimate that one and export it again, or calibrate with further good pictures");
    }
    DetectorBundle bundle = DetectorBundle.read(file);
    List<Path> shots = ShotFiles.find(bundle.provenance(), file.toString(), places);
    try (LoadedBackbone loaded = backbone.get()) {
      return new ShotEstimate(loaded, reader.apply(bundle.provenance()), targets)
          .calibrate(bundle, file.toString(), shots);
    }
  }

  /**
   * A calibration whose threshold of images somebody chose.
   *
   * @param detector a calibrated detector
   * @param threshold the largest score that is good enough
   * @return the calibration, not stored
   * @throws InputException if no score can reach the threshold, or the detector is not calibrated
   */
  public static Calibration byHand(DetectorFile detector, float threshold) {
    return byHand(detector, threshold, Optional.empty());
  }

  /**
   * A calibration whose thresholds of images somebody chose.
   *
   * @param detector a calibrated detector
   * @param threshold the largest score that is not NOT OK
   * @param uncertain the largest score that is OK for certain; empty for one threshold
   * @return the calibration, not stored
   * @throws InputException if no score can reach the threshold, the second is the higher, or the
   *     detector is not calibrated
   */
  public static Calibration byHand(
      DetectorFile detector, float threshold, Optional<Float> uncertain) {
    if (!(threshold >= 0 && threshold <= HIGHEST_SCORE)) {
      throw new InputException(
          "threshold",
          threshold + " can never be reached, since scores end at " + HIGHEST_SCORE,
          "choose a score from 0 to " + HIGHEST_SCORE);
    }
    Threshold chosen = Threshold.manual(threshold, uncertain);
    return detector
        .calibration()
        .orElseThrow(
            () ->
                new InputException(
                    detector.path(),
                    "is not calibrated, and maps need a threshold too",
                    "calibrate it with good pictures or its shots first"))
        .with(chosen);
  }

  /**
   * Stores a calibration that does not say how good pictures look: what was known of that stays.
   *
   * @param file the detector that was calibrated; nobody may have it open
   * @param calibration its thresholds
   * @param target the calibrated detector, of the same kind; may be the same file
   * @throws InputException if it cannot be written, or the target is named as the other kind
   */
  public static void store(Path file, Calibration calibration, Path target) {
    store(file, calibration, Optional.empty(), target);
  }

  /**
   * Stores a calibration from further good pictures.
   *
   * @param file the detector that was calibrated; nobody may have it open
   * @param measured its thresholds, and how the pictures look
   * @param target the calibrated detector, of the same kind; may be the same file
   * @throws InputException if it cannot be written, or the target is named as the other kind
   */
  public static void store(Path file, CalibrationSet.Measured measured, Path target) {
    store(file, measured.calibration(), Optional.of(measured.drift()), target);
  }

  private static void store(
      Path file, Calibration calibration, Optional<DriftReference> drift, Path target) {
    if (DetectorBundle.isNamedAsGraph(file) != DetectorBundle.isNamedAsGraph(target)) {
      throw new InputException(
          target,
          "is named as another kind of detector than " + file,
          "let it end as the detector does");
    }
    if (DetectorBundle.isNamedAsGraph(file)) {
      GraphThresholds.write(file, calibration, drift, target);
    } else {
      DetectorBundle bundle = DetectorBundle.read(file);
      bundle
          .withCalibration(Optional.of(calibration))
          .withDrift(drift.or(bundle::drift))
          .write(target);
    }
  }
}
