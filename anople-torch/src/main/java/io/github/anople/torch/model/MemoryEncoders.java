package io.github.anople.torch.model;

import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.MemorySettings;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.engine.ComputeDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

  /**
   * The files that a detector carries with it.
   *
   * @param config settings
   * @return by name, of those encoders that come with the program
   */
  public static Map<String, byte[]> files(TrainingConfig config) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    of(config).forEach(name -> files.put(name, TrunkWeights.read().file()));
    return files;
  }

  /**
   * A memory without prompts, to be filled.
   *
   * @param config settings
   * @param clip the backbone, which must outlive it
   * @param features what the backbone's layers see, as {@link MemoryLook.Own} has it
   * @return a look, whose further encoders are the caller's to close
   */
  public static MemoryLook look(
      TrainingConfig config, ClipModel clip, UnaryOperator<Tensor> features) {
    return MemoryLook.empty(clip, looking(config, clip.config(), files(config)), features);
  }

  /** How detection looks at an image; {@code files} are those of the encoders, by name. */
  static Looking looking(TrainingConfig config, ClipConfig clip, Map<String, byte[]> files) {
    MemorySettings memory = config.memory();
    boolean own = memory.enabled() && memory.encoders().contains(MemorySettings.CLIP);
    List<Looking.Encoder> further = new ArrayList<>();
    for (String name : of(config)) {
      further.add(
          new Looking.Encoder(
              name,
              memory.weight(name),
              config.detection().shifts(),
              opener(config, clip, files.get(name))));
    }
    return new Looking(
        own ? config.memoryLayers(clip) : Set.of(),
        own ? memory.weight(MemorySettings.CLIP) : 0,
        further,
        config.detectionGrid(clip),
        config.detection().imageScore());
  }

  /** Opens an encoder of the file that a detector carries. */
  private static Function<ComputeDevice, PatchEncoder> opener(
      TrainingConfig config, ClipConfig clip, byte[] file) {
    TrunkSettings settings = config.trunk().on(clip);
    return device ->
        new TrunkEncoder(settings, TrunkWeights.of(file, "the detector's trunk"), device);
  }
}
