package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backbone on disk: a folder with a checkpoint and a vocabulary. What is inside the files is read
 * elsewhere.
 *
 * @param name what to call it: the name it was pulled by, else the folder's
 * @param directory the folder
 * @param weights the checkpoint: {@code open_clip_model.safetensors}, {@code
 *     open_clip_pytorch_model.bin}, a {@code .pt} of OpenCLIP's releases, or transformers' {@code
 *     model.safetensors} or {@code pytorch_model.bin}
 * @param vocabulary {@code merges.txt}, {@code bpe_simple_vocab_16e6.txt.gz}, or a {@code
 *     tokenizer.json} of transformers
 * @param config {@code open_clip_config.json}, if there is one: it wins over the architecture's
 *     name
 * @param architecture OpenCLIP's name of the model, such as {@code ViT-B-16-plus-240}, where the
 *     folder was pulled or its weights are a known release
 */
public record Backbone(
    String name,
    Path directory,
    Path weights,
    Path vocabulary,
    Optional<Path> config,
    Optional<String> architecture) {

  private static final List<String> WEIGHTS =
      List.of("open_clip_model.safetensors", "open_clip_pytorch_model.bin");
  private static final List<String> TRANSFORMERS =
      List.of("model.safetensors", "pytorch_model.bin");
  private static final List<String> VOCABULARIES =
      List.of("merges.txt", "bpe_simple_vocab_16e6.txt.gz", "tokenizer.json");

  /** The configuration in a folder of transformers. */
  public static final String TRANSFORMERS_CONFIG = "config.json";

  private static final String CONFIG = "open_clip_config.json";

  /**
   * Looks at a folder laid out as the Hugging Face hub lays out OpenCLIP's models, or as {@code
   * anople backbone pull} does, or with a checkpoint of OpenCLIP's releases under its own name.
   *
   * @param directory the folder
   * @return what it holds
   * @throws InputException if it is no folder, lacks a file, or holds a DINOv2
   */
  public static Backbone open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new InputException(
          directory,
          Files.exists(directory) ? "is not a folder" : "does not exist",
          "give the folder that holds the backbone's weights and vocabulary");
    }
    Optional<BackboneManifest> manifest = BackboneManifest.read(directory);
    if (manifest.isPresent() && manifest.get().kind() != BackboneKind.CLIP) {
      throw isDino(directory);
    }
    Path weights =
        manifest
            .map(m -> present(directory, m.weights()))
            .orElseGet(
                () ->
                    first(directory, WEIGHTS)
                        .or(() -> release(directory))
                        .or(() -> ofTransformers(directory)))
            .orElseThrow(
                () ->
                    lacks(
                        directory,
                        "weights ("
                            + String.join(", ", WEIGHTS)
                            + ", or transformers' "
                            + String.join(" or ", TRANSFORMERS)
                            + ")"));
    Optional<Path> config = present(directory, CONFIG);
    Optional<BackboneRelease> known =
        BackboneCatalog.standard().ofWeights(weights.getFileName().toString());
    Optional<String> architecture =
        manifest
            .map(BackboneManifest::architecture)
            .or(() -> known.map(BackboneRelease::architecture));
    String name =
        manifest
            .map(BackboneManifest::name)
            .orElseGet(() -> String.valueOf(directory.toAbsolutePath().normalize().getFileName()));
    return new Backbone(name, directory, weights, vocabulary(directory), config, architecture);
  }

  /**
   * The same folder with another of its weights files.
   *
   * @param file a weights file whose folder holds the rest
   * @return what the folder holds besides
   * @throws InputException if the folder lacks a vocabulary
   */
  public static Backbone ofWeights(Path file) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    String fileName = file.getFileName().toString();
    return new Backbone(
        fileName,
        directory,
        file,
        vocabulary(directory),
        present(directory, CONFIG),
        BackboneCatalog.standard().ofWeights(fileName).map(BackboneRelease::architecture));
  }

  /**
   * What to say where a DINOv2 is given for a backbone.
   *
   * @param place its folder or file
   * @return the fault
   */
  public static InputException isDino(Path place) {
    return new InputException(
            place,
            "holds a DINOv2, which sees pictures and knows no texts",
            "give a CLIP as the backbone; a DINOv2 can be the encoder of the memory")
        .about(Topic.BACKBONE);
  }

  private static Path vocabulary(Path directory) {
    return first(directory, VOCABULARIES)
        .orElseThrow(
            () -> lacks(directory, "vocabulary (" + String.join(" or ", VOCABULARIES) + ")"));
  }

  private static InputException lacks(Path directory, String what) {
    if (DinoFiles.of(directory).isPresent()) {
      return isDino(directory);
    }
    return new InputException(
            directory, "has no " + what, "add it, or give the folder of a complete backbone")
        .about(Topic.BACKBONE);
  }

  private static Optional<Path> first(Path directory, List<String> names) {
    return names.stream().flatMap(name -> present(directory, name).stream()).findFirst();
  }

  private static Optional<Path> present(Path directory, String name) {
    // A link to nothing is present: what reads it says where it leads.
    return Optional.of(directory.resolve(name))
        .filter(file -> Files.isRegularFile(file) || isLinkToNothing(file));
  }

  private static boolean isLinkToNothing(Path file) {
    return Files.isSymbolicLink(file) && !Files.exists(file);
  }

  /** The weights in a folder of transformers, unless they are a DINOv2's. */
  private static Optional<Path> ofTransformers(Path directory) {
    if (DinoFiles.of(directory).isPresent()) {
      return Optional.empty();
    }
    Optional<Path> weights = first(directory, TRANSFORMERS);
    for (String name : TRANSFORMERS) {
      Path index = directory.resolve(name + ".index.json");
      if (weights.isEmpty() && Files.isRegularFile(index)) {
        throw new InputException(
            directory,
            "has its weights in several files (" + index.getFileName() + ")",
            "save the model as one " + TRANSFORMERS.get(0));
      }
    }
    return weights;
  }

  /** The one {@code .pt} file of the folder. */
  private static Optional<Path> release(Path directory) {
    List<Path> found;
    try (Stream<Path> files = Files.list(directory)) {
      found =
          files
              .filter(file -> file.toString().endsWith(".pt"))
              .filter(Files::isRegularFile)
              .toList();
    } catch (IOException e) {
      throw new InputException(
          directory, "cannot be listed (" + e.getMessage() + ")", "check its permissions", e);
    }
    if (found.size() > 1) {
      throw new InputException(
          directory, "holds " + found.size() + " .pt files", "leave the one to use");
    }
    return found.stream().findFirst();
  }
}
