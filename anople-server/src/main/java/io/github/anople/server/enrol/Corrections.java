package io.github.anople.server.enrol;

import io.github.anople.app.Calibrating;
import io.github.anople.app.Correcting;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingRemark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lets a detector remember just those good pictures that are to be remembered beside its shots, and
 * finds its thresholds anew.
 *
 * @param order has the pictures
 * @param tell takes what there is to tell
 * @param backbone loads the backbone that the detector was trained on
 * @param targets what thresholds are to promise
 */
record Corrections(
    TrainingOrder order,
    Consumer<TrainingEvent> tell,
    Supplier<LoadedBackbone> backbone,
    Targets targets) {

  /** What is odd about a picture, as an event. */
  static TrainingEvent unlike(Path picture, List<SceneFault> faults) {
    return TrainingEvent.remark(
        picture.getFileName() + " is unlike the other good pictures: " + SceneFault.words(faults));
  }

  /**
   * Corrects a detector.
   *
   * @param file its {@code .anople}; is replaced
   */
  void apply(Path file) throws InterruptedException {
    forget(file);
    remember(file);
    if (order.pictures().calibration().isEmpty()) {
      estimate(file);
    }
  }

  /** What is not to be remembered any more. */
  private void forget(Path file) throws InterruptedException {
    DetectorBundle bundle = Correcting.read(file);
    Set<String> wanted =
        order.pictures().memory().stream().map(Sha256::of).collect(Collectors.toSet());
    Set<String> gone = new HashSet<>();
    for (Addition.Picture picture : bundle.additions().pictures()) {
      if (!wanted.contains(picture.sha256())) {
        gone.add(picture.sha256());
      }
    }
    if (!gone.isEmpty()) {
      correcting(bundle).remove(file, backbone, gone).bundle().write(file);
    }
  }

  private void remember(Path file) throws InterruptedException {
    DetectorBundle bundle = Correcting.read(file);
    Set<String> known =
        bundle.provenance().shots().stream()
            .map(Provenance.Shot::sha256)
            .collect(Collectors.toSet());
    List<Path> fresh =
        order.pictures().memory().stream()
            .filter(picture -> !known.contains(Sha256.of(picture)))
            .toList();
    if (!fresh.isEmpty()) {
      correcting(bundle)
          .add(
              file,
              backbone,
              bundle.provenance().classNames().get(0),
              fresh,
              new Addition.Signature(Instant.now(), Optional.empty()))
          .bundle()
          .write(file);
    }
  }

  private void estimate(Path file) {
    tell.accept(TrainingEvent.stage("estimating thresholds"));
    List<Path> places = new ArrayList<>(order.pictures().shots());
    places.addAll(order.pictures().memory());
    Calibration calibration =
        Calibrating.estimated(
            file,
            places,
            new Targets(targets.falseAlarm()),
            backbone,
            made -> new ImageReader(made.reading()));
    Calibrating.store(file, calibration, file);
  }

  private Correcting correcting(DetectorBundle bundle) {
    List<Path> good = order.pictures().calibration();
    return new Correcting(
        new ImageReader(bundle.provenance().reading()),
        good.isEmpty()
            ? Optional.empty()
            : Optional.of(new Correcting.Recalibration(good, targets, bundle.scene().isPresent())),
        Optional.empty(),
        new Told());
  }

  /** Tells of pictures that need a look. */
  private final class Told implements Correcting.Listener {

    @Override
    public void known(Path picture, Provenance.Shot as) {
      // Sorted out before: nothing is known twice.
    }

    @Override
    public void noted(TrainingRemark remark) {
      tell.accept(TrainingEvent.remark(remark.words()));
    }

    @Override
    public void stage(String what) {
      tell.accept(TrainingEvent.stage(what));
    }

    @Override
    public void unreadable(InputException fault) {
      tell.accept(TrainingEvent.remark(fault.getMessage()));
    }

    @Override
    public void unlike(Path image, List<SceneFault> faults) {
      tell.accept(Corrections.unlike(image, faults));
    }
  }
}
