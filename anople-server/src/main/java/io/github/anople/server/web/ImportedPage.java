package io.github.anople.server.web;

import java.util.List;

/**
 * What came of an import of pictures.
 *
 * @param head of the page
 * @param summary in a line
 * @param lists what happened to which pictures, none of them empty
 */
public record ImportedPage(ProductHead head, String summary, List<Part> lists) {

  /**
   * Pictures to which the same happened.
   *
   * @param title what happened, and to how many
   * @param lines a picture each
   */
  public record Part(String title, List<String> lines) {

    /** Copies the lines. */
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /** Copies the lists. */
  public ImportedPage {
    lists = List.copyOf(lists);
  }
}
