package io.github.anople.benchmark.baseline;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.DinoOptions;
import io.github.anople.torch.config.MemorySettings;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks that {@code memory.encoder} names, for methods that look at a shallow and a deep
 * layer: so a table compares the methods, and not what each saw with.
 *
 * <ul>
 *   <li>{@code clip}: the first and the last of the memory's layers;
 *   <li>{@code trunk}: the last two of {@code trunk.blocks}, of strides 8 and 16, as the second and
 *       the third stage of a ResNet have;
 *   <li>a DINOv2: the first and the last of {@code dinov2.layers}; where none is named, those at
 *       the depth of the paper's memory layers, 7/12 and 10/12.
 * </ul>
 */
final class PatchNetworks {

  private static final double SHALLOW = 7.0 / 12;
  private static final double DEEP = 10.0 / 12;

  private PatchNetworks() {}

  /**
   * Opens them.
   *
   * @param backbone must outlive them
   * @param config settings, the memory switched on
   * @return patches to close
   * @throws io.github.anople.core.InputException if one is not installed, or does not have what the
   *     settings ask for
   */
  static FrozenPatches of(LoadedBackbone backbone, TrainingConfig config) {
    List<LayerSource> sources = new ArrayList<>();
    try {
      for (String name : config.memory().encoders()) {
        sources.addAll(source(name, backbone, config));
      }
      return new FrozenPatches(backbone.clip(), sources);
    } catch (RuntimeException | Error e) {
      sources.forEach(LayerSource::close);
      throw e;
    }
  }

  private static List<LayerSource> source(
      String name, LoadedBackbone backbone, TrainingConfig config) {
    ClipModel clip = backbone.clip();
    if (name.equals(MemorySettings.CLIP)) {
      return FrozenPatches.ofEnds(clip, config.memoryLayers(clip.config())).sources();
    }
    return List.of(
        name.equals(TrunkWeights.NAME) ? trunk(clip, config) : dino(name, backbone, config));
  }

  private static LayerSource trunk(ClipModel clip, TrainingConfig config) {
    TrunkWeights weights = TrunkWeights.read();
    List<Integer> blocks = config.trunk().blocks();
    List<PatchEncoder> encoders = new ArrayList<>();
    try {
      for (int block : blocks.subList(Math.max(0, blocks.size() - 2), blocks.size())) {
        encoders.add(new TrunkEncoder(block(clip, config, block), weights, clip.device()));
      }
      return new LayerSource.OfEncoders(encoders);
    } catch (RuntimeException | Error e) {
      encoders.forEach(PatchEncoder::close);
      throw e;
    }
  }

  private static TrunkSettings block(ClipModel clip, TrainingConfig config, int block) {
    int side = clip.config().vision().imageSize();
    int grid = config.trunk().grid();
    return grid == 0
        ? TrunkSettings.of(side, List.of(block))
        : new TrunkSettings(side, grid, List.of(block));
  }

  private static LayerSource dino(String name, LoadedBackbone backbone, TrainingConfig config) {
    DinoOptions options = config.dinov2();
    int depth;
    try (var dino = backbone.dinos().open(name, options.settings())) {
      depth = dino.encoder().model().config().layers();
    }
    List<Integer> layers = ends(options.layers(), depth);
    DinoSettings joined = new DinoSettings(options.imageSize(), layers, options.norm(), true);
    return new LayerSource.OfJoined(backbone.dinos().open(name, joined).encoder(), layers.size());
  }

  /** The two ends of the layers that are named, or of those that are usual. */
  static List<Integer> ends(List<Integer> named, int depth) {
    int first =
        named.isEmpty()
            ? Math.max(1, (int) Math.round(SHALLOW * depth))
            : named.stream().min(Integer::compare).orElseThrow();
    int last =
        named.isEmpty()
            ? Math.max(1, (int) Math.round(DEEP * depth))
            : named.stream().max(Integer::compare).orElseThrow();
    return first == last ? List.of(first) : List.of(first, last);
  }
}
