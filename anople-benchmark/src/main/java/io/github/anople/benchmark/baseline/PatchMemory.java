package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.model.MemoryEncoders;
import io.github.anople.torch.model.MemoryLook;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.Shot;
import io.github.anople.torch.train.ShotMemory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * The rival {@code memory}: patches of good pictures, and the distance to the nearest of them, with
 * the encoders as they are, without prompts. What PatchCore (Roth et al., "Towards Total Recall in
 * Industrial Anomaly Detection", CVPR 2022) becomes on these features; with few shots all patches
 * can be kept.
 *
 * <p>Encoders, views, features and distance are AnoPLe's own (eq. 12), from the same layers: M_mem,
 * enlarged to S × S. The score is its maximum, or what else the settings say.
 */
final class PatchMemory {

  private static final int BATCH = 8;

  private PatchMemory() {}

  /**
   * Remembers good pictures.
   *
   * @param backbone must outlive the detector
   * @param shots pictures of good parts, at least one
   * @param config what the memory sees with, how often it sees each picture, how much of them it
   *     keeps, and the seed
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture
   */
  static AnomalyDetector fit(LoadedBackbone backbone, List<Shot> shots, TrainingConfig config) {
    if (shots.isEmpty()) {
      throw new IllegalArgumentException("a memory needs at least one picture");
    }
    MemoryLook empty = look(backbone, config);
    ShotMemory memory = new ShotMemory(empty, config);
    return of(empty, memory.kept(memory.patches(shots, () -> {})), config);
  }

  /** What sees the patches, without any yet. */
  static MemoryLook look(LoadedBackbone backbone, TrainingConfig config) {
    ClipModel clip = backbone.clip();
    Set<Integer> layers = config.memoryLayers(clip.config());
    return MemoryEncoders.look(config, backbone, images -> features(clip, images, layers));
  }

  /** A detector of a look and what it remembers; it closes the look's encoders with itself. */
  static AnomalyDetector of(
      MemoryLook empty, Map<String, FloatTensor> rows, TrainingConfig config) {
    return BaselineDetector.fitted(
        empty.clip(),
        BATCH,
        owner ->
            new Distances(empty.remembering(rows, owner), config.detection().imageScore(), owner));
  }

  private static Tensor features(ClipModel clip, Tensor images, Set<Integer> layers) {
    return MemoryBank.features(clip.vision().encode(images, null, layers).layers().values());
  }

  /** The detector's arrow. */
  private record Distances(MemoryLook look, ImageScore rule, OwnedTensors owner)
      implements ImageScorer {

    @Override
    public Scorer.Scored score(List<PreparedImage> images) {
      Tensor map = look.distance(look.prepared(images));
      return new Scorer.Scored(rule.of(map), map);
    }

    @Override
    public InputSizes sizes() {
      return look.sizes();
    }

    @Override
    public void close() {
      look.further().forEach(one -> one.encoder().close());
      owner.close();
    }
  }
}
