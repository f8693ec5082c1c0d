package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.Draws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Fills a detector's memory: which patches of which images, and which of them it keeps.
 *
 * @param models makes the model that sees the patches
 */
public record MemoryFiller(DetectorModels models) {

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
    FloatTensor old =
        bundle
            .memory()
            .orElseThrow(
                () ->
                    new InputException(
                        "detector", "was trained without memory", "train one with memory"));
    int side = backbone.clip().config().vision().imageSize();
    List<Shot> shots = images.stream().map(image -> Shot.of(product, image, reader, side)).toList();
    MemoryFiller filler = new MemoryFiller(models);
    FloatTensor added = filler.patches(bundle, shots.stream().map(Shot::whole).toList());
    Provenance provenance =
        bundle.provenance().withShots(shots.stream().map(Shot::origin).toList());
    FloatTensor memory = filler.kept(join(old, added), old.shape().get(0));
    DetectorBundle extended = bundle.withMemory(memory, provenance);
    return bundle
        .goldenImage()
        .map(golden -> models.withGoldenImage(extended, golden.image(where)))
        .orElse(extended);
  }

  private static FloatTensor join(FloatTensor first, FloatTensor second) {
    return new FloatTensor(
        List.of(first.shape().get(0) + second.shape().get(0), first.shape().get(1)),
        joined(List.of(first.values(), second.values())));
  }

  private static float[] joined(List<float[]> parts) {
    float[] values = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return values;
  }

  /**
   * Every patch of images, seen as detection sees an image, before some are selected.
   *
   * @param bundle the detector; its memory does not matter
   * @param images images S×S
   * @return {@code [patches, d_v]}, as many rows of each image, one image after another
   */
  public FloatTensor patches(DetectorBundle bundle, List<RgbImage> images) {
    return patches(bundle, images, () -> {});
  }

  /** The same; {@code beforeEach} runs before each image, and may end the work by throwing. */
  FloatTensor patches(DetectorBundle bundle, List<RgbImage> images, Runnable beforeEach) {
    ClipModel clip = models.backbone().clip();
    GridShifts shifts = models.config().gridShifts(clip.config());
    List<float[]> rows = new ArrayList<>(); // one after another: all of an image's together
    try (DetectionModel model = models.withoutMemory(bundle)) {
      for (RgbImage image : images) {
        beforeEach.run();
        TensorScope.inference(
            () -> {
              for (Tensor copy : shifts.of(Images.batch(clip, List.of(image)))) {
                rows.add(Tensors.floats(model.step().memoryFeatures(copy)));
              }
              return null;
            });
      }
    }
    return new FloatTensor(
        List.of(
            (long) rows.size() * clip.config().vision().patches(),
            (long) clip.config().vision().width()),
        joined(rows));
  }

  /**
   * What the memory keeps of patches.
   *
   * @param patches {@code [patches, d_v]}
   * @return some of the rows, in their order; all of them where the configuration says so
   */
  public FloatTensor kept(FloatTensor patches) {
    return kept(patches, 0);
  }

  private FloatTensor kept(FloatTensor patches, long before) {
    if (new Coreset(models.config().memory().coreset()).isWhole()) {
      return patches;
    }
    long width = patches.shape().get(1);
    return TensorScope.inference(
        () -> {
          Tensor all = Tensors.of(patches.values(), patches.shape().get(0), width);
          Tensor rows = kept(models.backbone().clip().device().place(all), before, models.config());
          return new FloatTensor(List.of(rows.size(0), width), Tensors.floats(rows));
        });
  }

  /**
   * What a memory keeps of patches.
   *
   * @param patches {@code [patches, d_v]} of unit length
   * @param before how many of them were selected before, which count in full
   * @param config how much to keep, and the seed
   * @return some of the rows, in their order, of the current scope
   */
  public static Tensor kept(Tensor patches, long before, TrainingConfig config) {
    long count = new Coreset(config.memory().coreset()).rows(before, patches.size(0) - before);
    return Coreset.select(patches, count, Draws.of(config.seed(), "coreset", 0, 0));
  }
}
