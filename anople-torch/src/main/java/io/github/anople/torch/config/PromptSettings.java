package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.anople.torch.prompt.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * The learnable contexts and the texts (section 3.2, eq. 1–6).
 *
 * @param interaction how the modalities meet (Table 3a)
 * @param textContext C_t, textual context rows
 * @param visualContext C_v, visual context rows
 * @param depth J, layers with prompts of their own, scaled by the lower of the two towers
 * @param stateWords what precedes the name of an abnormal thing: one word, or an ensemble (Table 4)
 * @param classWord what the thing is called: its name, or a word for all (Figure 7)
 */
public record PromptSettings(
    Interaction interaction,
    int textContext,
    int visualContext,
    ScaledLayer depth,
    List<String> stateWords,
    ClassWord classWord) {

  /**
   * Copies the words.
   *
   * @param interaction how the modalities meet
   * @param textContext C_t
   * @param visualContext C_v
   * @param depth J
   * @param stateWords what precedes the name of an abnormal thing
   * @param classWord what the thing is called
   */
  public PromptSettings {
    stateWords = List.copyOf(stateWords);
  }

  /** What a thing is called in the texts. */
  public enum ClassWord {
    /** Its own name. */
    NAME,
    /** The word "object", whatever the thing. */
    OBJECT;

    @JsonValue
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The texts' names for classes.
   *
   * @param classes class names
   * @return the names themselves, or the word for all
   */
  public List<String> textNames(List<String> classes) {
    return classWord == ClassWord.OBJECT ? List.of("object") : classes;
  }

  void check() {
    require(textContext >= 1, "prompts.text_context", textContext, "use 1 or more context rows");
    require(
        visualContext >= 1, "prompts.visual_context", visualContext, "use 1 or more context rows");
    String words = "prompts.state_words";
    require(!stateWords.isEmpty(), words, "empty", "give one word or more, such as abnormal");
    require(
        stateWords.stream().noneMatch(String::isBlank), words, stateWords, "leave no word blank");
    require(
        new HashSet<>(stateWords).size() == stateWords.size(),
        words,
        stateWords,
        "name each word once");
  }
}
