package io.github.anople.torch.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The prompts of the reference run, as its README tells them. */
final class GoldenTexts {

  private GoldenTexts() {}

  /**
   * The prompts of {@code clip.safetensors}, the last of them all strings of group {@code long}
   * joined by a space.
   */
  static List<String> prompts() {
    List<String> prompts =
        new ArrayList<>(Golden.listAfter(Golden.readme("README.md"), "Prompts: "));
    prompts.add(String.join(" ", longTexts()));
    return prompts;
  }

  private static List<String> longTexts() {
    List<String> texts = new ArrayList<>();
    try {
      JsonNode cases =
          new JsonMapper().readTree(Fixtures.golden("tokenizer_small.json").toFile()).get("cases");
      for (JsonNode node : cases) {
        if (node.get("group").asText().equals("long")) {
          texts.add(node.get("text").asText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
