package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.train.MemoryFiller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The rival {@code memory}: patches of good pictures, and the distance to the nearest of them, on
 * the encoder as it is, without prompts. What PatchCore (Roth et al., "Towards Total Recall in
 * Industrial Anomaly Detection", CVPR 2022) becomes on CLIP's features; with few shots all patches
 * can be kept.
 *
 * <p>Features and distance are AnoPLe's own (eq. 12), from the same layers: M_mem, enlarged to S ×
 * S. The score is its maximum.
 */
final class PatchMemory {

  private static final int BATCH = 8;

  private PatchMemory() {}

  /**
   * Remembers good pictures.
   *
   * @param clip the backbone, which must outlive the detector
   * @param shots pictures of good parts, at least one
   * @param layers layers to take patches from, counted from 1
   * @param config how often the memory sees each picture, how much of them it keeps, and the seed
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture or no layer
   */
  static AnomalyDetector fit(
      ClipModel clip, List<RgbImage> shots, Set<Integer> layers, TrainingConfig config) {
    if (shots.isEmpty() || layers.isEmpty()) {
      throw new IllegalArgumentException("a memory needs at least one picture and one layer");
    }
    OwnedTensors owner = new OwnedTensors();
    MemoryBank memory =
        TensorScope.inference(
            () -> {
              GridShifts grid = config.gridShifts(clip.config());
              List<Tensor> rows = new ArrayList<>();
              for (RgbImage shot : shots) {
                for (Tensor copy : grid.of(Images.batch(clip, List.of(shot)))) {
                  rows.add(features(clip, copy, layers).squeeze(0));
                }
              }
              Tensor all = Tensors.concat(0, rows.toArray(Tensor[]::new));
              return new MemoryBank(MemoryFiller.kept(all, 0, config), owner);
            });
    Distances distances =
        new Distances(clip, memory, layers, config.detectionGrid(clip.config()), owner);
    return new BaselineDetector(clip, distances, BATCH);
  }

  private static Tensor features(ClipModel clip, Tensor images, Set<Integer> layers) {
    return MemoryBank.features(clip.vision().encode(images, null, layers).layers().values());
  }

  /** The detector's arrow. */
  private record Distances(
      ClipModel clip, MemoryBank memory, Set<Integer> layers, GridShifts places, OwnedTensors owner)
      implements Scorer {

    @Override
    public Scored score(Tensor images) {
      List<Tensor> copies = places.of(images);
      Tensor map = images.new_zeros(images.size(0), images.size(2), images.size(3));
      for (int copy = 0; copy < copies.size(); copy++) {
        map.add_(places.back(map(copies.get(copy)), copy));
      }
      map.div_(new Scalar((double) copies.size()));
      return new Scored(map.flatten(1, 2).amax(new long[] {1}, false), map);
    }

    private Tensor map(Tensor images) {
      long grid = clip.config().vision().grid();
      Tensor coarse = memory.distances(features(clip, images, layers)).view(-1, 1, grid, grid);
      return Decoder.enlarge(coarse, images.size(2)).squeeze(1);
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
