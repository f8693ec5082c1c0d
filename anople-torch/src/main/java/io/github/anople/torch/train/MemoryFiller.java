package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Growth;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Fills a detector's memory: which patches of which images, and which of them it keeps.
 *
 * @param models makes the model that sees the patches
 */
public record MemoryFiller(DetectorModels models) {

  /** Patches of tiles that a training remembers of each encoder at most; drawn by the seed. */
  public static final int MOST_OF_TILES = TileBudget.MOST;

  /**
   * Fills the memory of a detector that there is.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on
   * @return of its settings
   * @throws InputException if detector and backbone do not belong together
   */
  public static MemoryFiller of(DetectorBundle bundle, String where, LoadedBackbone backbone) {
    return new MemoryFiller(DetectorModels.of(bundle, where, backbone));
  }

  /**
   * Extends a detector's memory with further good images, without training.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on
   * @param product the class that the images show
   * @param images good images
   * @param reader reads them
   * @param signature when this is, and who does it
   * @return as {@link #extend(DetectorBundle, String, Shots, Addition.Signature)}
   * @throws InputException if detector and backbone do not belong together, the detector has no
   *     memory, or an image cannot be read, is there twice or is known to the detector
   */
  public static DetectorBundle extend(
      DetectorBundle bundle,
      String where,
      LoadedBackbone backbone,
      String product,
      List<Path> images,
      ImageReader reader,
      Addition.Signature signature) {
    MemoryFiller filler = of(bundle, where, backbone);
    return filler.extend(bundle, where, filler.read(bundle, product, images, reader), signature);
  }

  /**
   * Reads further good images.
   *
   * @param bundle the detector that they are for
   * @param product the class that they show
   * @param images their files
   * @param reader reads them
   * @return the images, with what looks odd about them
   * @throws InputException if one cannot be read
   */
  public Shots read(DetectorBundle bundle, String product, List<Path> images, ImageReader reader) {
    return Shots.read(
        List.of(new TrainingClass(product, images)),
        reader,
        models.sizes(),
        bundle.region(),
        models.tiling(),
        Optional.empty(),
        () -> {});
  }

  /**
   * Extends a detector's memory with further good images, without training. What each gives depends
   * on the trained detector and on itself alone: {@link Growth#without} takes it out again.
   *
   * @param bundle the detector, of these settings
   * @param where where it comes from, for messages
   * @param shots good images of one class
   * @param signature when this is, and who does it
   * @return a new bundle, a version on: its provenance and its additions name the images, and it
   *     has no thresholds
   * @throws InputException if the detector has no memory, or an image is there twice or known to it
   */
  public DetectorBundle extend(
      DetectorBundle bundle, String where, Shots shots, Addition.Signature signature) {
    if (bundle.memory().isEmpty()) {
      throw new InputException("detector", "was trained without memory", "train one with memory");
    }
    requireNew(bundle.provenance(), shots.all());
    DetectorBundle trained = Growth.trained(bundle);
    List<Growth.Learned> learned = new ArrayList<>();
    try (DetectionModel model = models.withoutMemory(trained)) {
      ShotMemory memory = new ShotMemory(model.step().look(), models.config());
      for (Shot shot : shots.all()) {
        learned.add(learned(memory, trained, shot));
      }
    }
    DetectorBundle extended = Growth.add(bundle, signature, shots.classNames().get(0), learned);
    return scored(extended, where);
  }

  private Growth.Learned learned(ShotMemory memory, DetectorBundle trained, Shot shot) {
    ShotPatches patches = memory.patches(List.of(shot), TileBudget.MOST_ADDED, () -> {}).get(0);
    return new Growth.Learned(
        shot.origin(),
        memory.keptBeside(trained.memory(), trained.provenance().shots().size(), patches),
        trained
            .scene()
            .map(known -> new SceneFiller(models).further(trained, shot, patches, known)));
  }

  private static void requireNew(Provenance known, List<Shot> shots) {
    Map<String, String> names = new HashMap<>();
    known.shots().forEach(shot -> names.put(shot.sha256(), shot.name()));
    for (Shot shot : shots) {
      String same = names.put(shot.origin().sha256(), shot.origin().name());
      if (same != null) {
        throw new InputException(
            shot.origin().name(),
            "is the same file as " + InputException.quoted(same) + ", which is remembered already",
            "leave it out");
      }
    }
  }

  /**
   * Takes images out of a detector's memory that were added after its training.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param hashes SHA-256 of their files; others are passed over
   * @param backbone gives the backbone that it was trained on; asked only where the detector
   *     becomes one that never was a version, since its golden image is scored anew then
   * @return a new bundle, as if they had never been added; with the thresholds of the version that
   *     it is again, or without any where it never was
   * @throws InputException if detector and backbone do not belong together
   */
  public static DetectorBundle without(
      DetectorBundle bundle,
      String where,
      Collection<String> hashes,
      Supplier<LoadedBackbone> backbone) {
    Growth.Shrunk smaller = Growth.without(bundle, hashes);
    return smaller.known()
        ? smaller.bundle()
        : of(bundle, where, backbone.get()).scored(smaller.bundle(), where);
  }

  /** The same with its golden image's score as it is now; its thresholds stay. */
  private DetectorBundle scored(DetectorBundle bundle, String where) {
    return bundle
        .goldenImage()
        .map(golden -> models.withGoldenImage(bundle, golden.image(where)))
        .orElse(bundle);
  }

  /**
   * Every patch of shots, seen as detection sees an image, before some are selected.
   *
   * @param bundle the detector; its memory does not matter
   * @param shots good images
   * @param beforeEach runs before each image, and may end the work by throwing
   * @return one a shot
   */
  public List<ShotPatches> patches(DetectorBundle bundle, List<Shot> shots, Runnable beforeEach) {
    try (DetectionModel model = models.withoutMemory(bundle)) {
      return new ShotMemory(model.step().look(), models.config()).patches(shots, beforeEach);
    }
  }

  /**
   * What the memory keeps of patches.
   *
   * @param shots patches of the shots that it is to know
   * @return as {@link ShotMemory#kept(List)}
   */
  public Map<String, FloatTensor> kept(List<ShotPatches> shots) {
    return ShotMemory.kept(shots, models.config(), models.backbone().clip().device());
  }
}
