package io.github.anople.torch.train;

import java.util.List;

/**
 * What looks odd about the shots or the names of products: the training goes on, and the detector
 * may be worth less than it seems.
 *
 * @param kind what it is about
 * @param about the shots' names, {@code product/file}; for a name the product's
 * @param words one sentence in one line, with what to do
 */
public record TrainingRemark(Kind kind, List<String> about, String words) {

  /** Kinds of remarks. */
  public enum Kind {
    /** Shots with the same pixels, and so perhaps the same file. */
    SAME_PICTURE("same-picture"),
    /** A shot with hardly any light. */
    DARK("dark"),
    /** A shot of one level. */
    EMPTY("empty"),
    /** A shot without anything sharp. */
    BLURRED("blurred"),
    /** Shots of other shapes or sizes than the rest. */
    SIZES("sizes"),
    /** Shots so large that small defects are lost when they are looked at as a whole. */
    SMALL_DEFECTS("small-defects"),
    /** A product's name that does not fit the text window. */
    NAME_CUT("name-cut");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /**
     * The kind's name in results.
     *
     * @return lower case, with dashes
     */
    public String id() {
      return id;
    }
  }

  /**
   * Copies the list.
   *
   * @param kind what it is about
   * @param about what it concerns
   * @param words one line
   */
  public TrainingRemark {
    about = List.copyOf(about);
    words = words.replaceAll("\\p{Cntrl}", "?");
  }
}
