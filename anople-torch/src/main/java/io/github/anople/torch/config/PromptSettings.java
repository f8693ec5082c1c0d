package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.prompt.StateWords;
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
 * @param stateWords what precedes the name of an abnormal thing: one word, or an ensemble (Table
 *     4); {@code %s} in one is the place of the name
 * @param normalWords the same of a good thing; {@code %s}, the name alone, is the paper's
 * @param classWord what the thing is called: its name, or a word for all (Figure 7)
 */
public record PromptSettings(
    Interaction interaction,
    int textContext,
    int visualContext,
    ScaledLayer depth,
    List<String> stateWords,
    List<String> normalWords,
    ClassWord classWord) {

  /**
   * Copies the words.
   *
   * @param interaction how the modalities meet
   * @param textContext C_t
   * @param visualContext C_v
   * @param depth J
   * @param stateWords what precedes the name of an abnormal thing
   * @param normalWords what precedes the name of a good thing
   * @param classWord what the thing is called
   */
  public PromptSettings {
    stateWords = List.copyOf(stateWords);
    normalWords = List.copyOf(normalWords);
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

  /**
   * What texts say of good and bad things.
   *
   * @return the words
   */
  public StateWords states() {
    return new StateWords(normalWords, stateWords);
  }

  void check() {
    require(textContext >= 1, "prompts.text_context", textContext, "use 1 or more context rows");
    require(
        visualContext >= 1, "prompts.visual_context", visualContext, "use 1 or more context rows");
    check("prompts.state_words", stateWords, "abnormal");
    check("prompts.normal_words", normalWords, StateWords.NAME);
  }

  private static void check(String name, List<String> words, String example) {
    require(!words.isEmpty(), name, "empty", "give one word or more, such as " + example);
    require(words.stream().noneMatch(String::isBlank), name, words, "leave no word blank");
    require(new HashSet<>(words).size() == words.size(), name, words, "name each word once");
  }
}
