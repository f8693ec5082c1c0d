package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.torch.backbone.Backbone;
import io.github.anople.torch.clip.Activation;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.KnownArchitectures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The architecture of a checkpoint: what its configuration says, else what its names speak of.
 *
 * @param config the architecture
 * @param notes what a person should know of how it was told
 */
record ClipArchitecture(ClipConfig config, List<String> notes) {

  private static final String STATE =
      "\"quick_gelu\": true in the model_cfg of an open_clip_config.json";

  /**
   * Finds out.
   *
   * @param files the checkpoint's
   * @param layout whose names its tensors have
   * @throws InputException if nothing tells, or a configuration is not one of a CLIP
   */
  static ClipArchitecture of(Backbone files, ClipLayout layout) {
    Optional<ClipConfig> named =
        names(files).flatMap(name -> KnownArchitectures.mentionedIn(name).stream()).findFirst();
    String name =
        named.map(ClipConfig::name).or(files::architecture).orElseGet(() -> folderName(files));
    if (layout == ClipLayout.TRANSFORMERS) {
      return ofTransformers(files, name);
    }
    Activation told = Activation.mentionedIn(names(files).toList());
    if (files.config().isPresent()) {
      ClipConfig config = OpenClipConfigFile.read(files.config().get(), name);
      boolean doubtful = told == Activation.QUICK_GELU && !config.quickGelu();
      return new ClipArchitecture(config, doubtful ? List.of(doubt(files)) : List.of());
    }
    ClipConfig config = named.orElseThrow(() -> untold(files));
    List<String> notes = new ArrayList<>();
    if (told == Activation.QUICK_GELU) {
      config = KnownArchitectures.withQuickGelu(config);
      notes.add(
          files.weights()
              + ": no configuration is beside it, and its name speaks of weights that were trained"
              + " with QuickGELU: computed with QuickGELU");
    } else if (told == Activation.UNTOLD) {
      notes.add(
          files.weights()
              + ": nothing tells which activation it was trained with: computed with GELU; if it"
              + " wants QuickGELU (OpenAI's weights, MetaCLIP, DFN, and what was tuned from them),"
              + " put -quickgelu into the folder's name, or "
              + STATE
              + " beside it");
    }
    return new ClipArchitecture(config, notes);
  }

  private static ClipArchitecture ofTransformers(Backbone files, String name) {
    Path config = files.weights().resolveSibling(Backbone.TRANSFORMERS_CONFIG);
    if (!Files.isRegularFile(config)) {
      throw new InputException(
          files.weights(),
          "has the tensors of a CLIP of transformers, but no "
              + Backbone.TRANSFORMERS_CONFIG
              + " beside it",
          "add the one it was published with");
    }
    return new ClipArchitecture(TransformersClipConfig.read(config, name), List.of());
  }

  private static String doubt(Backbone files) {
    return files.weights()
        + ": its name speaks of weights that were trained with QuickGELU, its configuration says"
        + " GELU, which is computed; if the name is right, write "
        + STATE;
  }

  private static InputException untold(Backbone files) {
    return new InputException(
        files.directory(),
        "has no open_clip_config.json and its name does not tell the architecture",
        "add that file, or name the folder after its architecture: "
            + String.join(", ", KnownArchitectures.names()));
  }

  /** What may speak of a checkpoint, the surest first. */
  private static Stream<String> names(Backbone files) {
    return Stream.concat(
        files.architecture().stream(),
        Stream.of(files.weights().getFileName().toString(), files.name(), folderName(files)));
  }

  /** In a cache of the Hugging Face hub a folder is named by its commit, two below the model's. */
  private static String folderName(Backbone files) {
    Path folder = files.directory().toAbsolutePath().normalize();
    Path parent = folder.getParent();
    boolean isCache = parent != null && parent.endsWith("snapshots") && parent.getParent() != null;
    return String.valueOf((isCache ? parent.getParent() : folder).getFileName());
  }
}
