package io.github.anople.server.web;

import java.util.List;

/**
 * The good pictures of a product.
 *
 * @param head of the page
 * @param pictures in the order in which they came
 * @param shots how many of them a detector learns from
 */
public record PicturesPage(ProductHead head, List<Item> pictures, int shots) {

  /**
   * A good picture.
   *
   * @param sha256 its content
   * @param name what its file was called
   * @param purpose what it is for
   * @param remarks what looks odd about it
   */
  public record Item(String sha256, String name, String purpose, String remarks) {}

  /** Copies the pictures. */
  public PicturesPage {
    pictures = List.copyOf(pictures);
  }
}
