package io.github.anople.torch.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The prompts of the reference run, as the metadata tells them. */
final class GoldenTexts {

  private GoldenTexts() {}

  /**
   * The prompts of {@code clip.safetensors}, the last of them all strings of one of the tokenizer's
   * groups joined by a space.
   */
  static List<String> prompts() {
    Golden clip = Golden.open("clip.safetensors");
    List<String> prompts = new ArrayList<>(clip.listAfter("Prompts:"));
    prompts.add(String.join(" ", texts(clip.told("all strings of group `([^`]+)`"))));
    return prompts;
  }

  private static List<String> texts(String group) {
    List<String> texts = new ArrayList<>();
    try {
      JsonNode cases =
          new JsonMapper().readTree(Fixtures.golden("tokenizer_small.json").toFile()).get("cases");
      for (JsonNode node : cases) {
        if (node.get("group").asText().equals(group)) {
          texts.add(node.get("text").asText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
