package io.github.anople.torch.pretrained;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose names the tensors of a CLIP have. */
enum ClipLayout {
  /** OpenCLIP's, and OpenAI's. */
  OPEN_CLIP {
    @Override
    Set<String> redundant() {
      return Set.of(
          "attn_mask", "visual.attn_mask", "input_resolution", "context_length", "vocab_size");
    }

    @Override
    List<String> names(String name) {
      return List.of(name);
    }

    @Override
    boolean transposed(String name) {
      return false;
    }
  },
  /** Those of transformers' {@code CLIPModel}. */
  TRANSFORMERS {
    @Override
    Set<String> redundant() {
      return Set.of("text_model.embeddings.position_ids", "vision_model.embeddings.position_ids");
    }

    @Override
    List<String> names(String name) {
      Matcher block = BLOCK.matcher(name);
      if (block.matches()) {
        String tower = block.group(1) == null ? "text_model" : "vision_model";
        return ofBlock(tower + ".encoder.layers." + block.group(2) + ".", block.group(3));
      }
      return List.of(
          switch (name) {
            case "positional_embedding" -> "text_model.embeddings.position_embedding.weight";
            case "token_embedding.weight" -> "text_model.embeddings.token_embedding.weight";
            case "text_projection" -> "text_projection.weight";
            case "visual.class_embedding" -> "vision_model.embeddings.class_embedding";
            case "visual.positional_embedding" ->
                "vision_model.embeddings.position_embedding.weight";
            case "visual.conv1.weight" -> "vision_model.embeddings.patch_embedding.weight";
            case "visual.proj" -> "visual_projection.weight";
            default ->
                name.replace("visual.ln_pre", "vision_model.pre_layrnorm") // spelt so
                    .replace("visual.ln_post", "vision_model.post_layernorm")
                    .replace("ln_final", "text_model.final_layer_norm");
          });
    }

    @Override
    boolean transposed(String name) {
      return name.equals("visual.proj") || name.equals("text_projection");
    }
  };

  private static final Pattern BLOCK =
      Pattern.compile("(visual\\.)?transformer\\.resblocks\\.(\\d+)\\.(.*)");

  /** The layout of a file; what is neither is taken for OpenCLIP's. */
  static ClipLayout of(Set<String> names) {
    return names.stream()
            .anyMatch(name -> name.startsWith("vision_model.") || name.startsWith("text_model."))
        ? TRANSFORMERS
        : OPEN_CLIP;
  }

  /** Buffers that some files store beside the weights; they follow from the architecture. */
  abstract Set<String> redundant();

  /**
   * What a tensor is called in this layout.
   *
   * @param name OpenCLIP's name
   * @return one name, or three whose rows stand one below the other: query, key, value
   */
  abstract List<String> names(String name);

  /** Whether a matrix is stored with rows and columns changed. */
  abstract boolean transposed(String name);

  private static List<String> ofBlock(String block, String name) {
    if (name.startsWith("attn.in_proj_")) {
      String kind = name.substring("attn.in_proj_".length());
      return List.of("q", "k", "v").stream()
          .map(part -> block + "self_attn." + part + "_proj." + kind)
          .toList();
    }
    return List.of(
        block
            + name.replace("attn.out_proj", "self_attn.out_proj")
                .replace("ln_1", "layer_norm1")
                .replace("ln_2", "layer_norm2")
                .replace("mlp.c_fc", "mlp.fc1")
                .replace("mlp.c_proj", "mlp.fc2"));
  }
}
