package io.github.anople.benchmark.baseline;

import io.github.anople.benchmark.BenchmarkResource;
import io.github.anople.core.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The states in which PromptAD's manual prompts name an object: generic ones for any, customised
 * ones for the objects of MVTec AD and VisA. The authors' own lists of the latter come without a
 * licence; here they are the kinds of defects that the data sets themselves tell of, in our words.
 *
 * @param generic states of any object, {@code {}} in place of its name
 * @param objects what is known of an object, by its category
 */
record PromptAdStates(List<String> generic, Map<String, Customised> objects) {

  private static final String FILE = "promptad-states.json";

  /**
   * What is known of an object.
   *
   * @param word what prompts call it
   * @param states states of it alone, besides the generic ones
   */
  record Customised(String word, List<String> states) {}

  /**
   * An object as prompts name it.
   *
   * @param word its name
   * @param states its states, {@code {}} in place of the name; there may be none
   */
  record Named(String word, List<String> states) {}

  /** The states that come with the program. */
  static PromptAdStates read() {
    return StrictJson.parse(BenchmarkResource.text(FILE), FILE, "states", PromptAdStates::of);
  }

  private static PromptAdStates of(StrictJson json) {
    json.text("source");
    return new PromptAdStates(
        json.texts("generic"),
        json
            .objects(
                "objects",
                object ->
                    Map.entry(
                        words(object.text("category")),
                        new Customised(object.text("word"), object.texts("states"))))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * An object in its states.
   *
   * @param category its category's name
   * @param customised whether customised states count; the generic ones always do
   */
  Named of(String category, boolean customised) {
    String words = words(category);
    Customised known = objects.getOrDefault(words, new Customised(words, List.of()));
    return new Named(
        known.word(),
        customised ? Stream.concat(generic.stream(), known.states().stream()).toList() : generic);
  }

  private static String words(String category) {
    return category.replace('_', ' ');
  }
}
