package io.github.anople.app;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.Shots;
import io.github.anople.torch.train.TrainingRemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Corrects a detector with good pictures that were wrongly NOT OK: they join its memory, without
 * training, and its thresholds are found anew; or takes such pictures out again.
 *
 * @param reader reads the pictures, as those of the detector's training were read
 * @param calibration where the thresholds come from; empty to have none
 * @param test labelled pictures to measure the detector with before and after; empty for none
 * @param listener told of pictures that need a look
 */
public record Correcting(
    ImageReader reader,
    Optional<Recalibration> calibration,
    Optional<InspectionDataset> test,
    Listener listener) {

  /**
   * Where thresholds come from.
   *
   * @param good good pictures, of which those that the detector knows are left out
   * @param targets the shares of false alarms to promise
   * @param scene whether the scene check counts, where the detector has one
   */
  public record Recalibration(List<Path> good, Targets targets, boolean scene) {

    /** Copies the pictures. */
    public Recalibration {
      good = List.copyOf(good);
      Objects.requireNonNull(targets, "targets");
    }
  }

  /** Told of the pictures of a correction that need a look, on the caller's thread. */
  public interface Listener extends CalibrationSet.Listener {

    /**
     * A picture is left out since the detector knows it.
     *
     * @param picture the picture
     * @param as what the detector calls it
     */
    void known(Path picture, Provenance.Shot as);

    /**
     * Something looks odd about the pictures to be added; they are all the same.
     *
     * @param remark what, and what to do
     */
    void noted(TrainingRemark remark);

    /**
     * A piece of work begins.
     *
     * @param what in words, such as {@code scoring 12 pictures as before}
     */
    void stage(String what);
  }

  /**
   * A detector after a correction. It is not stored: {@link DetectorBundle#write} does that.
   *
   * @param bundle the detector
   * @param comparison what of the pictures' verdicts has changed
   */
  public record Corrected(DetectorBundle bundle, Comparison comparison) {}

  /**
   * A detector's memory that can be corrected.
   *
   * @param file the detector, {@code *.anople}
   * @return the bundle
   * @throws InputException if it is an exported graph, no detector, or has no memory
   */
  public static DetectorBundle read(Path file) {
    if (DetectorBundle.isNamedAsGraph(file)) {
      throw new InputException(
          file,
          "is an exported graph, whose memory stays as it is",
          "correct the detector that it was exported from (*.anople), and export that again");
    }
    DetectorBundle bundle = DetectorBundle.read(file);
    if (bundle.memory().isEmpty()) {
      throw new InputException(file, "was trained without memory", "train one with memory");
    }
    return bundle;
  }

  /**
   * Adds good pictures. Those that the detector knows by their content are left out, and so is what
   * is there twice.
   *
   * @param file the detector
   * @param backbone loads the backbone that it was trained on
   * @param product the class that the pictures show, one of the detector's
   * @param pictures good pictures
   * @param signature when this is, and who does it
   * @return the detector, a version on, not stored
   * @throws InputException if the detector knows all pictures, one of them cannot be read, none is
   *     left to calibrate with, or backbone or file are others than expected
   * @throws InterruptedException if the thread is interrupted
   */
  public Corrected add(
      Path file,
      Supplier<LoadedBackbone> backbone,
      String product,
      List<Path> pictures,
      Addition.Signature signature)
      throws InterruptedException {
    DetectorBundle before = read(file);
    List<Path> fresh = fresh(before, file, pictures);
    try (LoadedBackbone loaded = backbone.get()) {
      MemoryFiller filler = MemoryFiller.of(before, file.toString(), loaded);
      Shots shots = filler.read(before, product, fresh, reader);
      shots.remarks().forEach(listener::noted);
      listener.stage("learning " + count(fresh.size()));
      DetectorBundle after = filler.extend(before, file.toString(), shots, signature);
      return new Comparing(this, file, loaded).of(before, after, fresh);
    }
  }

  /** Those that the detector does not know. */
  private List<Path> fresh(DetectorBundle bundle, Path file, List<Path> pictures) {
    Map<String, Provenance.Shot> known = new HashMap<>();
    bundle.provenance().shots().forEach(shot -> known.put(shot.sha256(), shot));
    List<Path> fresh = new ArrayList<>();
    for (Path picture : pictures) {
      String hash = Sha256.of(picture);
      Provenance.Shot same =
          known.putIfAbsent(hash, new Provenance.Shot(picture.getFileName().toString(), hash));
      if (same == null) {
        fresh.add(picture);
      } else {
        listener.known(picture, same);
      }
    }
    if (fresh.isEmpty()) {
      throw new InputException(
          file,
          "remembers all of these pictures already",
          "give good pictures that it does not know");
    }
    return fresh;
  }

  /**
   * Takes pictures out that were added.
   *
   * @param file the detector
   * @param backbone loads the backbone that it was trained on; not asked where the detector becomes
   *     a version again that it was, and nothing is to be measured
   * @param hashes what {@link Remembered} finds
   * @return the detector as if they had never been added, not stored; with the thresholds that it
   *     had then, if that was a version and it is not to be calibrated anew
   * @throws InputException if backbone or file are others than expected, or none is left to
   *     calibrate with
   * @throws InterruptedException if the thread is interrupted
   */
  public Corrected remove(Path file, Supplier<LoadedBackbone> backbone, Collection<String> hashes)
      throws InterruptedException {
    DetectorBundle before = read(file);
    try (LazyBackbone lazy = new LazyBackbone(backbone)) {
      DetectorBundle after = MemoryFiller.without(before, file.toString(), hashes, lazy);
      if (calibration.isEmpty() && test.isEmpty()) {
        return new Corrected(after, Comparison.NOTHING);
      }
      return new Comparing(this, file, lazy.get()).of(before, after, List.of());
    }
  }

  /** A backbone that is loaded once it is needed, and closed then. */
  private static final class LazyBackbone implements Supplier<LoadedBackbone>, AutoCloseable {

    private final Supplier<LoadedBackbone> loader;
    private LoadedBackbone loaded;

    LazyBackbone(Supplier<LoadedBackbone> loader) {
      this.loader = loader;
    }

    @Override
    public LoadedBackbone get() {
      if (loaded == null) {
        loaded = loader.get();
      }
      return loaded;
    }

    @Override
    public void close() {
      if (loaded != null) {
        loaded.close();
      }
    }
  }

  static String count(int pictures) {
    return pictures == 1 ? "1 picture" : pictures + " pictures";
  }
}
