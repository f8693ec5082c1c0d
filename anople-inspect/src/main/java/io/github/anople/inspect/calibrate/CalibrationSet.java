package io.github.anople.inspect.calibrate;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Conformal;
import io.github.anople.core.decide.NormalScore;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Good pictures that a detector has not learned from, and the thresholds that they promise.
 *
 * @param images different pictures, none of them a shot
 * @param shots how many were left out because they are shots: the detector knows them, and their
 *     scores would make any threshold too low
 * @param copies how many were left out because the same picture came before
 */
public record CalibrationSet(List<Path> images, int shots, int copies) {

  /**
   * Such pictures.
   *
   * @param images different pictures, none of them a shot
   * @param shots how many shots were left out
   * @param copies how many copies were left out
   */
  public CalibrationSet {
    images = List.copyOf(images);
  }

  /**
   * Sorts out what the detector has learned from, and what is there twice.
   *
   * @param provenance what the detector is from
   * @param files good pictures
   * @return those that can be calibrated with, perhaps none; a file that cannot be opened is among
   *     them, since only reading it tells what is wrong
   */
  public static CalibrationSet of(Provenance provenance, List<Path> files) {
    Set<String> learned = new HashSet<>();
    provenance.shots().forEach(shot -> learned.add(shot.sha256()));
    Set<String> seen = new HashSet<>();
    List<Path> images = new ArrayList<>();
    int shots = 0;
    for (Path file : files) {
      Optional<String> known = hash(file);
      if (known.isEmpty()) {
        images.add(file);
        continue;
      }
      String hash = known.get();
      if (learned.contains(hash)) {
        shots++;
      } else if (seen.add(hash)) {
        images.add(file);
      }
    }
    return new CalibrationSet(images, shots, files.size() - shots - images.size());
  }

  /** Told of the pictures of a calibration that need a look. */
  public interface Listener {

    /**
     * A picture was left out since it cannot be read.
     *
     * @param fault why
     */
    void unreadable(InputException fault);

    /**
     * A picture is unlike the others, and the scene check is wider for its sake.
     *
     * @param image the picture
     * @param faults in what it is unlike, the most exceeded first
     */
    void unlike(Path image, List<SceneFault> faults);

    /**
     * A picture was scored, and the thresholds are from it too.
     *
     * @param image the picture
     * @param score what the detector says of it
     */
    default void scored(Path image, NormalScore score) {}
  }

  /**
   * What follows from the pictures.
   *
   * @param calibration thresholds
   * @param drift how they look and score, which later pictures can be compared with
   */
  public record Measured(Calibration calibration, DriftReference drift) {

    public Measured {
      Objects.requireNonNull(calibration, "calibration");
      Objects.requireNonNull(drift, "drift");
    }
  }

  private static Optional<String> hash(Path file) {
    try {
      return Optional.of(Sha256.of(file));
    } catch (InputException e) {
      return Optional.empty();
    }
  }

  /**
   * Thresholds with a promise, see {@link Conformal}.
   *
   * @param detector what is to be calibrated
   * @param reader reads the pictures
   * @param target the share of false alarms to promise
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}
   * @throws InputException if a picture cannot be read
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if there are no pictures, or the target is out of range
   */
  public Calibration calibrate(AnomalyDetector detector, ImageReader reader, double target)
      throws InterruptedException {
    return calibrate(
        detector,
        reader,
        target,
        fault -> {
          throw fault;
        });
  }

  /**
   * The same, but pictures that cannot be read are left out; the promise counts the others.
   *
   * @param detector what is to be calibrated
   * @param reader reads the pictures
   * @param target the share of false alarms to promise
   * @param unreadable told of each picture that is left out
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}
   * @throws InputException if no picture can be read
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if there are no pictures, or the target is out of range
   */
  public Calibration calibrate(
      AnomalyDetector detector,
      ImageReader reader,
      double target,
      Consumer<InputException> unreadable)
      throws InterruptedException {
    return calibrate(
        detector,
        reader,
        new Targets(target),
        Optional.empty(),
        new Listener() {
          @Override
          public void unreadable(InputException fault) {
            unreadable.accept(fault);
          }

          @Override
          public void unlike(Path image, List<SceneFault> faults) {
            throw new IllegalStateException("there is no scene check");
          }
        });
  }

  /**
   * The same with the scene check: its limits come from the pictures too, and the promise is that
   * of both.
   *
   * @param detector what is to be calibrated
   * @param reader reads the pictures
   * @param targets the shares of false alarms, and of uncertain pictures, to promise
   * @param ofShots limits from the shots alone; empty for no scene check
   * @param listener told of each picture that is left out, or unlike the others
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}
   * @throws InputException if no picture can be read
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if there are no pictures
   */
  public Calibration calibrate(
      AnomalyDetector detector,
      ImageReader reader,
      Targets targets,
      Optional<SceneLimits> ofShots,
      Listener listener)
      throws InterruptedException {
    return measure(detector, reader, targets, ofShots, listener).calibration();
  }

  /**
   * The same, and how the pictures look.
   *
   * @param detector what is to be calibrated
   * @param reader reads the pictures
   * @param targets the shares of false alarms, and of uncertain pictures, to promise
   * @param ofShots limits from the shots alone; empty for no scene check
   * @param listener told of each picture that is left out, or unlike the others
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}, and looks
   * @throws InputException if no picture can be read
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if there are no pictures, or the target is out of range
   */
  public Measured measure(
      AnomalyDetector detector,
      ImageReader reader,
      Targets targets,
      Optional<SceneLimits> ofShots,
      Listener listener)
      throws InterruptedException {
    List<InputException> faults = new ArrayList<>();
    List<Path> read = new ArrayList<>();
    Map<Path, Look> looks = new ConcurrentHashMap<>();
    List<NormalScore> scores =
        scores(detector, looking(reader, detector.region(), looks), read, faults);
    if (scores.isEmpty() && !faults.isEmpty()) {
      throw faults.get(0);
    }
    faults.forEach(listener::unreadable);
    for (int i = 0; i < read.size(); i++) {
      listener.scored(read.get(i), scores.get(i));
    }
    Calibration calibration = Conformal.calibrate(scores, targets, ofShots);
    ofShots.ifPresent(
        limits ->
            limits
                .unlikeTheOthers(scores.stream().map(score -> score.scene().orElseThrow()).toList())
                .forEach((place, unlike) -> listener.unlike(read.get(place), unlike)));
    List<DriftReference.Seen> seen = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      seen.add(new DriftReference.Seen(scores.get(i).image(), looks.get(read.get(i))));
    }
    return new Measured(calibration, DriftReference.of(seen));
  }

  /** On the reading threads, while the picture is in memory. */
  private static Function<Path, RgbImage> looking(
      ImageReader reader, Optional<Region> region, Map<Path, Look> looks) {
    return file -> {
      RgbImage image = reader.read(file);
      looks.put(file, Look.of(image, region));
      return image;
    };
  }

  private List<NormalScore> scores(
      AnomalyDetector detector,
      Function<Path, RgbImage> reader,
      List<Path> read,
      List<InputException> faults)
      throws InterruptedException {
    List<NormalScore> scores = new ArrayList<>();
    Scoring.of(detector, reader)
        .run(
            images.iterator(),
            () -> true,
            new Scoring.Sink<>() {
              @Override
              public void scored(Path file, Optional<RgbImage> image, Detection detection) {
                scores.add(NormalScore.of(detection));
                read.add(file);
              }

              @Override
              public void failed(Path file, InputException fault) {
                faults.add(fault);
              }
            });
    return scores;
  }
}
