package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.server.ServerSettings;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.GoodPictureStore;
import io.github.anople.server.store.Product;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a product's next version would be made from. */
@Service
class Learning {

  private final GoodPictureStore pictures;
  private final DetectorStore detectors;
  private final ServerSettings settings;

  Learning(GoodPictureStore pictures, DetectorStore detectors, ServerSettings settings) {
    this.pictures = pictures;
    this.detectors = detectors;
    this.settings = settings;
  }

  /** The good pictures of a purpose. */
  List<GoodPicture> pictures(Product product, Purpose purpose) {
    return pictures.of(product.id()).stream()
        .filter(picture -> picture.purpose() == purpose)
        .toList();
  }

  /**
   * The version that is calibrated or corrected.
   *
   * @throws InputException if nothing inspects the product yet
   */
  DetectorVersion base(Product product) {
    return active(product)
        .orElseThrow(
            () ->
                new InputException(
                    "product " + product.name(), "has no detector yet", "train one first"));
  }

  Optional<DetectorVersion> active(Product product) {
    return product.activeDetector().flatMap(detectors::find);
  }

  /** What was promised last, which the next version is to promise too. */
  Promise promise(Product product) {
    Promise usual = new Promise(settings.falseAlarms(), settings.uncertain());
    return active(product)
        .flatMap(Detectors::calibration)
        .map(known -> promise(known, usual))
        .orElse(usual);
  }

  private static Promise promise(Calibration known, Promise usual) {
    double falseAlarms = known.targetFalseAlarm();
    double uncertain = known.uncertain().flatMap(Uncertain::target).orElse(usual.uncertain());
    return uncertain > falseAlarms ? new Promise(falseAlarms, uncertain) : usual;
  }

  /**
   * Refuses what cannot be done for want of pictures, or of a detector.
   *
   * @throws InputException with what is missing
   */
  void require(Product product, Task task) {
    switch (task) {
      case TRAIN -> requireShots(product);
      case CALIBRATE -> {
        base(product);
        requireCalibration(product);
      }
      case CORRECT -> {
        base(product);
        requireCorrection(product);
      }
    }
  }

  private void requireShots(Product product) {
    if (pictures(product, Purpose.SHOT).isEmpty()) {
      throw new InputException(
          "product " + product.name(), "has no shot to learn from", "add a good picture first");
    }
  }

  private void requireCalibration(Product product) {
    if (pictures(product, Purpose.CALIBRATION).isEmpty()) {
      throw new InputException(
          "product " + product.name(),
          "has no further good pictures to set thresholds with",
          "add good pictures beside the shots: 20 or more");
    }
  }

  private void requireCorrection(Product product) {
    if (corrections(product) == 0) {
      throw new InputException(
          "product " + product.name(),
          "has nothing new to remember",
          "find an inspected picture good after all, and let it be remembered");
    }
  }

  /** How many pictures join or leave the memory with the next correction. */
  int corrections(Product product) {
    Optional<DetectorVersion> active = active(product);
    if (active.isEmpty()) {
      return 0;
    }
    Map<Long, Purpose> wanted = new HashMap<>();
    pictures(product, Purpose.MEMORY).forEach(one -> wanted.put(one.picture(), Purpose.MEMORY));
    Map<Long, Purpose> known = detectors.pictures(active.get().id());
    known.values().retainAll(List.of(Purpose.MEMORY));
    int joining = (int) wanted.keySet().stream().filter(one -> !known.containsKey(one)).count();
    int leaving = (int) known.keySet().stream().filter(one -> !wanted.containsKey(one)).count();
    return joining + leaving;
  }

  /** The pictures that a version is made from, and what each is for. */
  Map<Long, Purpose> used(Product product, Task task, Optional<DetectorVersion> base) {
    Map<Long, Purpose> used = new LinkedHashMap<>();
    base.ifPresent(version -> used.putAll(detectors.pictures(version.id())));
    used.values().removeIf(purpose -> replaced(task, purpose));
    for (GoodPicture picture : pictures.of(product.id())) {
      if (replaced(task, picture.purpose())) {
        used.putIfAbsent(picture.picture(), picture.purpose());
      }
    }
    return used;
  }

  /** Whether a task takes the pictures of a purpose as they are now, not as the base had them. */
  private static boolean replaced(Task task, Purpose purpose) {
    return switch (purpose) {
      case SHOT -> task == Task.TRAIN;
      case CALIBRATION -> true;
      case MEMORY -> task != Task.CALIBRATE;
      case UNUSED -> false;
    };
  }
}
