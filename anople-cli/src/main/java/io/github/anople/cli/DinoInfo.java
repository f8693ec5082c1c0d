package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.console.Output;
import io.github.anople.core.Sha256;
import io.github.anople.torch.backbone.BackboneKind;
import io.github.anople.torch.encoder.dino.DinoConfig;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What {@code anople backbone info} says of a DINOv2.
 *
 * @param checkpoint its weights
 */
record DinoInfo(DinoCheckpoint checkpoint) {

  void print(Output output) {
    long size = BackboneInfoCommand.size(checkpoint.weightsFile());
    String hash = Sha256.of(checkpoint.weightsFile());
    if (output.json()) {
      output.result().println(json(size, hash).toPrettyString());
      return;
    }
    DinoConfig config = checkpoint.config();
    row(output, "kind", BackboneKind.DINOV2.words());
    row(output, "architecture", config.name());
    row(
        output,
        "image tower",
        "%d blocks of width %d, %d heads, %s of %d, patches of %d px"
            .formatted(
                config.layers(),
                config.width(),
                config.heads(),
                config.swiGlu() ? "SwiGLU" : "GELU",
                config.hidden(),
                config.patch()));
    row(output, "registers", String.valueOf(config.registers()));
    row(
        output,
        "positions",
        "%1$d x %1$d stored (%2$d px), brought to other sizes by the rule %3$s"
            .formatted(
                config.storedGrid(), config.storedGrid() * config.patch(), config.rule().id()));
    row(output, "parameters", String.format(Locale.ROOT, "%,d", checkpoint.parameters()));
    row(output, "dtype", types());
    row(output, "size", String.format(Locale.ROOT, "%,d bytes", size));
    row(output, "SHA-256", hash);
    row(output, "file", checkpoint.weightsFile().toString());
  }

  private static void row(Output output, String what, String value) {
    BackboneInfoCommand.print(output, what, value);
  }

  private String types() {
    return checkpoint.dtypes().stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private ObjectNode json(long size, String hash) {
    DinoConfig config = checkpoint.config();
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", BackboneKind.DINOV2.id())
        .put("architecture", config.name())
        .put("patch_size", config.patch())
        .put("width", config.width())
        .put("layers", config.layers())
        .put("heads", config.heads())
        .put("registers", config.registers())
        .put("hidden", config.hidden())
        .put("swiglu", config.swiGlu())
        .put("stored_grid", config.storedGrid())
        .put("position_rule", config.rule().id())
        .put("parameters", checkpoint.parameters())
        .put("dtype", types())
        .put("bytes", size)
        .put("sha256", hash)
        .put("file", checkpoint.weightsFile().toString());
  }
}
