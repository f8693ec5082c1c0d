package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.torch.backbone.BackboneKind;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.BuiltInBackbone;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import io.github.anople.torch.pretrained.DinoEncoders;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anople backbone info}: what a checkpoint is. */
@Command(
    name = "info",
    description =
        "Prints what a backbone or a DINOv2 is: architecture, parameters, type, size, SHA-256.",
    mixinStandardHelpOptions = true)
final class BackboneInfoCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR|NAME",
      description = "A folder, a weights file, or a name that list shows.")
  private String backbone;

  @Mixin private Output output;

  @Override
  public Integer call() {
    Optional<DinoCheckpoint> dino = DinoEncoders.recognise(backbone);
    if (dino.isPresent()) {
      new DinoInfo(dino.get()).print(output);
      return 0;
    }
    OpenClipWeights checkpoint = Backbones.find(Optional.of(backbone));
    String types = checkpoint.dtypes().stream().map(Enum::name).collect(Collectors.joining(", "));
    long size = size(checkpoint.weightsFile());
    String hash = Sha256.of(checkpoint.weightsFile());
    Optional<String> note =
        BackboneStore.standard()
            .builtIn()
            .filter(mini -> mini.sha256().equals(hash))
            .map(BuiltInBackbone::note);
    if (output.json()) {
      output.result().println(json(checkpoint, types, size, hash, note).toPrettyString());
      return 0;
    }
    ClipConfig config = checkpoint.config();
    print("kind", BackboneKind.CLIP.words());
    print("architecture", config.name());
    print("image tower", tower(config));
    print(
        "text tower",
        "%d layers of width %d, %d heads, %d tokens of %d"
            .formatted(
                config.text().layers(),
                config.text().width(),
                config.text().heads(),
                config.text().contextLength(),
                config.text().vocabSize()));
    print("embedding", config.embedDim() + (config.quickGelu() ? ", QuickGELU" : ", GELU"));
    print("parameters", String.format(Locale.ROOT, "%,d", checkpoint.parameters()));
    print("dtype", types);
    print("size", String.format(Locale.ROOT, "%,d bytes", size));
    print("SHA-256", hash);
    print("file", checkpoint.weightsFile().toString());
    note.ifPresent(text -> print("note", text));
    checkpoint.notes().forEach(text -> print("note", text));
    return 0;
  }

  private static String tower(ClipConfig config) {
    ClipConfig.Vision vision = config.vision();
    return "%d layers of width %d, %d heads, %d px in patches of %d (%d x %d)"
        .formatted(
            vision.layers(),
            vision.width(),
            vision.heads(),
            vision.imageSize(),
            vision.patchSize(),
            vision.grid(),
            vision.grid());
  }

  private void print(String what, String value) {
    print(output, what, value);
  }

  /** One line of the table. */
  static void print(Output output, String what, String value) {
    output.result().println(String.format(Locale.ROOT, "%-13s %s", what, value));
  }

  private static ObjectNode json(
      OpenClipWeights checkpoint, String types, long size, String hash, Optional<String> note) {
    ClipConfig config = checkpoint.config();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", BackboneKind.CLIP.id());
    json.put("architecture", config.name());
    json.put("embed_dim", config.embedDim());
    json.put("quick_gelu", config.quickGelu());
    json.putObject("vision")
        .put("image_size", config.vision().imageSize())
        .put("patch_size", config.vision().patchSize())
        .put("width", config.vision().width())
        .put("layers", config.vision().layers())
        .put("heads", config.vision().heads());
    json.putObject("text")
        .put("context_length", config.text().contextLength())
        .put("vocab_size", config.text().vocabSize())
        .put("width", config.text().width())
        .put("layers", config.text().layers())
        .put("heads", config.text().heads());
    json.put("parameters", checkpoint.parameters());
    json.put("dtype", types);
    json.put("bytes", size);
    json.put("sha256", hash);
    json.put("file", checkpoint.weightsFile().toString());
    note.ifPresent(text -> json.put("note", text));
    if (!checkpoint.notes().isEmpty()) {
      ArrayNode notes = json.putArray("notes");
      checkpoint.notes().forEach(notes::add);
    }
    return json;
  }

  /** A file's size in bytes. */
  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e.getMessage() + ")", "check it", e);
    }
  }
}
