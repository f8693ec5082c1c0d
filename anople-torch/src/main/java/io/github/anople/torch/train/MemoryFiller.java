package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a detector's memory: which patches of which images, and which of them it keeps.
 *
 * @param models makes the model that sees the patches
 */
public record MemoryFiller(DetectorModels models) {

  /** Patches of tiles that a training remembers of each encoder at most; others drawn are left. */
  public static final int MOST_OF_TILES = TileBudget.MOST;

  /**
   * Extends a detector's memory with further good images, without training.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on
   * @param product the class that the images show
   * @param images good images
   * @param reader reads them
   * @return a new bundle, whose provenance names the images too
   * @throws InputException if detector and backbone do not belong together, the detector has no
   *     memory, or an image cannot be read
   */
  public static DetectorBundle extend(
      DetectorBundle bundle,
      String where,
      LoadedBackbone backbone,
      String product,
      List<Path> images,
      ImageReader reader) {
    DetectorModels models = DetectorModels.of(bundle, where, backbone);
    Map<String, FloatTensor> old = bundle.memory();
    if (old.isEmpty()) {
      throw new InputException("detector", "was trained without memory", "train one with memory");
    }
    List<Shot> shots =
        images.stream()
            .map(
                image ->
                    Shot.of(
                        product,
                        image,
                        reader,
                        models.sizes(),
                        models.config().tiles().tiling()))
            .toList();
    MemoryFiller filler = new MemoryFiller(models);
    List<ShotPatches> patches =
        filler.patches(bundle, shots, TileBudget.MOST_ADDED, () -> {});
    Map<String, FloatTensor> added = ShotPatches.joined(patches);
    Map<String, FloatTensor> memory = new LinkedHashMap<>();
    old.forEach(
        (encoder, rows) ->
            memory.put(
                encoder,
                ShotMemory.kept(
                    Optional.of(rows),
                    added.get(encoder),
                    models.config(),
                    backbone.clip().device())));
    Provenance provenance =
        bundle.provenance().withShots(shots.stream().map(Shot::origin).toList());
    DetectorBundle extended =
        bundle
            .withMemory(memory, provenance)
            .withScene(
                bundle
                    .scene()
                    .map(
                        before ->
                            new SceneFiller(models)
                                .of(bundle, shots, patches, Optional.of(before), () -> {})));
    return bundle
        .goldenImage()
        .map(golden -> models.withGoldenImage(extended, golden.image(where)))
        .orElse(extended);
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
    return patches(bundle, shots, TileBudget.MOST, beforeEach);
  }

  private List<ShotPatches> patches(
      DetectorBundle bundle, List<Shot> shots, long most, Runnable beforeEach) {
    try (DetectionModel model = models.withoutMemory(bundle)) {
      return new ShotMemory(model.step().look(), models.config()).patches(shots, most, beforeEach);
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
