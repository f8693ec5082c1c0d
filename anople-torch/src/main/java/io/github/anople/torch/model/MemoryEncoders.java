package io.github.anople.torch.model;

import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.config.MemorySettings;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.LoadedDino;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** The encoders beside the backbone that a memory sees with. */
public final class MemoryEncoders {

  private MemoryEncoders() {}

  /**
   * Their names.
   *
   * @param config settings
   * @return without the backbone; none where there is no memory
   */
  static List<String> of(TrainingConfig config) {
    return config.memory().enabled()
        ? config.memory().encoders().stream()
            .filter(name -> !name.equals(MemorySettings.CLIP))
            .toList()
        : List.of();
  }

  private static boolean isCarried(String name) {
    return name.equals(TrunkWeights.NAME);
  }

  /** The names of those whose files a detector carries with it. */
  static Set<String> carried(TrainingConfig config) {
    Set<String> names =
        of(config).stream()
            .filter(MemoryEncoders::isCarried)
            .collect(Collectors.toCollection(HashSet::new));
    if (config.scene().enabled()) {
      names.add(TrunkWeights.NAME); // the scene check sees with it
    }
    return names;
  }

  /**
   * The files that a detector carries with it.
   *
   * @param config settings
   * @return by name, of those encoders that come with the program
   */
  public static Map<String, byte[]> files(TrainingConfig config) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    carried(config).forEach(name -> files.put(name, TrunkWeights.read().file()));
    return files;
  }

  /**
   * The identities of those that a detector does not carry with it. All are loaded, so that what is
   * missing or does not fit is told before a training.
   *
   * @param config settings
   * @param backbone finds them
   * @return by the names that the settings have
   * @throws io.github.anople.core.InputException if one is not installed, is unusable, or does not
   *     have what the settings ask for
   */
  public static List<Provenance.Backbone> identities(
      TrainingConfig config, LoadedBackbone backbone) {
    List<Provenance.Backbone> identities = new ArrayList<>();
    for (String name : of(config)) {
      if (!isCarried(name)) {
        try (LoadedDino dino = backbone.dinos().open(name, config.dinov2().settings())) {
          identities.add(dino.identity());
        }
      }
    }
    return identities;
  }

  /**
   * The sizes at which a detector looks at an image.
   *
   * @param config settings
   * @param clip the backbone
   * @return its own size, and those of further encoders
   */
  public static InputSizes sizes(TrainingConfig config, ClipConfig clip) {
    int side = clip.vision().imageSize();
    return InputSizes.of(
        side,
        of(config).stream()
            .map(name -> isCarried(name) ? side : config.dinov2().imageSize())
            .toList());
  }

  /** The width of an encoder's rows. */
  static long width(TrainingConfig config, LoadedBackbone backbone, String name) {
    ClipConfig clip = backbone.clip().config();
    if (name.equals(MemorySettings.CLIP)) {
      return clip.vision().width();
    }
    if (isCarried(name)) {
      return config.trunk().on(clip).width();
    }
    try (LoadedDino dino = backbone.dinos().open(name, config.dinov2().settings())) {
      return dino.encoder().width();
    }
  }

  /**
   * A memory without prompts, to be filled.
   *
   * @param config settings
   * @param backbone must outlive it
   * @param features what the backbone's layers see, as {@link MemoryLook.Own} has it
   * @return a look, whose further encoders are the caller's to close
   * @throws io.github.anople.core.InputException as {@link #identities}
   */
  public static MemoryLook look(
      TrainingConfig config, LoadedBackbone backbone, UnaryOperator<Tensor> features) {
    return MemoryLook.empty(
        backbone.clip(), looking(config, backbone, files(config), Optional.empty()), features);
  }

  /**
   * How detection looks at an image; {@code files} are those that the detector carries, by name,
   * {@code region} its own.
   */
  static Looking looking(
      TrainingConfig config,
      LoadedBackbone backbone,
      Map<String, byte[]> files,
      Optional<FilledRegion> region) {
    ClipConfig clip = backbone.clip().config();
    MemorySettings memory = config.memory();
    boolean own = memory.enabled() && memory.encoders().contains(MemorySettings.CLIP);
    List<Looking.Encoder> further = new ArrayList<>();
    for (String name : of(config)) {
      further.add(
          new Looking.Encoder(
              name,
              memory.weight(name),
              config.detection().shifts(),
              opener(config, backbone, name, files.get(name))));
    }
    return new Looking(
        own ? config.memoryLayers(clip) : Set.of(),
        own ? memory.weight(MemorySettings.CLIP) : 0,
        further,
        config.detectionGrid(clip),
        config.detection().imageScore(),
        config.detection().fused(),
        region,
        config.tiles().tiling());
  }

  /**
   * Opens an encoder.
   *
   * @param file what the detector carries of it; null for one that it does not carry, which
   *     computes where the backbone does
   */
  private static Function<ComputeDevice, PatchEncoder> opener(
      TrainingConfig config, LoadedBackbone backbone, String name, byte[] file) {
    if (!isCarried(name)) {
      return device -> backbone.dinos().open(name, config.dinov2().settings()).encoder();
    }
    TrunkSettings settings = config.trunk().on(backbone.clip().config());
    return device ->
        new TrunkEncoder(settings, TrunkWeights.of(file, "the detector's trunk"), device);
  }
}
