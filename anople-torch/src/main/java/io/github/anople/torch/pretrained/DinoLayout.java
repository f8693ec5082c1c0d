package io.github.anople.torch.pretrained;

import io.github.anople.torch.encoder.dino.PositionRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose names the tensors of a DINOv2 have. */
enum DinoLayout {
  /** Those of the authors' program, which torch hub's files have. */
  HUB("mask_token", Pattern.compile("blocks\\.(\\d{1,3})\\..*")) {
    @Override
    List<String> names(String name) {
      return List.of(name);
    }

    @Override
    PositionRule rule(boolean registers) {
      return registers ? PositionRule.HUB_REGISTERS : PositionRule.HUB;
    }
  },
  /** Those of transformers: {@code Dinov2Model} and {@code Dinov2WithRegistersModel}. */
  TRANSFORMERS("embeddings.mask_token", Pattern.compile("encoder\\.layer\\.(\\d{1,3})\\..*")) {
    @Override
    List<String> names(String name) {
      Matcher block = HUB.block.matcher(name);
      if (block.matches()) {
        return ofBlock(
            "encoder.layer." + block.group(1) + ".", name.substring(name.indexOf('.', 7) + 1));
      }
      return List.of(
          switch (name) {
            case "cls_token", "register_tokens" -> "embeddings." + name;
            case "pos_embed" -> "embeddings.position_embeddings";
            default ->
                name.startsWith("norm.")
                    ? "layer" + name
                    : name.replace("patch_embed.proj", "embeddings.patch_embeddings.projection");
          });
    }

    @Override
    PositionRule rule(boolean registers) {
      return registers ? PositionRule.TRANSFORMERS_REGISTERS : PositionRule.TRANSFORMERS;
    }
  };

  /** The tensor that stood for masked patches in training: stored, and never used. */
  private final String maskToken;

  private final Pattern block;

  DinoLayout(String maskToken, Pattern block) {
    this.maskToken = maskToken;
    this.block = block;
  }

  /** The layout of a file, if its tensors are a DINOv2's. */
  static Optional<DinoLayout> of(Set<String> names) {
    return Arrays.stream(values())
        .filter(layout -> names.containsAll(layout.names("patch_embed.proj.weight")))
        .findFirst();
  }

  String maskToken() {
    return maskToken;
  }

  /**
   * What a tensor is called in this layout.
   *
   * @param name torch hub's name
   * @return one name, or three whose rows stand one below the other: query, key, value
   */
  abstract List<String> names(String name);

  /** How its program brings position embeddings to another grid. */
  abstract PositionRule rule(boolean registers);

  /** The number of blocks that the names speak of. */
  int blocks(Set<String> names) {
    return names.stream()
        .map(block::matcher)
        .filter(Matcher::matches)
        .mapToInt(found -> Integer.parseInt(found.group(1)) + 1)
        .max()
        .orElse(0);
  }

  private static List<String> ofBlock(String block, String name) {
    String kind = name.substring(name.lastIndexOf('.'));
    if (name.startsWith("attn.qkv.")) {
      return List.of("query", "key", "value").stream()
          .map(part -> block + "attention.attention." + part + kind)
          .toList();
    }
    return List.of(
        block
            + switch (name) {
              case "ls1.gamma" -> "layer_scale1.lambda1";
              case "ls2.gamma" -> "layer_scale2.lambda1";
              case "attn.proj.weight", "attn.proj.bias" -> "attention.output.dense" + kind;
              case "mlp.w12.weight", "mlp.w12.bias" -> "mlp.weights_in" + kind;
              case "mlp.w3.weight", "mlp.w3.bias" -> "mlp.weights_out" + kind;
              default -> name;
            });
  }
}
