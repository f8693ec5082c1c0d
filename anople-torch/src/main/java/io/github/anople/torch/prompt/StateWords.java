package io.github.anople.torch.prompt;

import java.util.List;

/**
 * What texts say of a good thing and of a bad one. A word precedes the thing's name; where one has
 * {@value #NAME}, the name goes there ({@code %s with flaw}).
 *
 * @param normal of a good thing; {@value #NAME} is its name alone, as in the paper
 * @param abnormal of a bad one
 */
public record StateWords(List<String> normal, List<String> abnormal) {

  /** The place of a thing's name. */
  public static final String NAME = "%s";

  /**
   * Copies the words.
   *
   * @param normal at least one
   * @param abnormal at least one
   */
  public StateWords {
    normal = List.copyOf(normal);
    abnormal = List.copyOf(abnormal);
  }

  /**
   * The paper's: a good thing is called by its name.
   *
   * @param abnormal one word, or an ensemble
   * @return the words
   */
  public static StateWords of(List<String> abnormal) {
    return new StateWords(List.of(NAME), abnormal);
  }

  /**
   * A state of a thing.
   *
   * @param state one of the words
   * @param name the thing's; {@code _} becomes a space
   * @return for example {@code damaged metal nut}
   */
  static String text(String state, String name) {
    String thing = name.replace('_', ' ');
    return state.contains(NAME) ? state.replace(NAME, thing) : state + " " + thing;
  }
}
