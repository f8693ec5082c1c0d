package io.github.anople.server.web;

/**
 * What every page of a product begins with.
 *
 * @param name its name in addresses
 * @param shows what its pictures show
 * @param tab which of its pages this is: {@code inspect}, {@code pictures}, {@code detector},
 *     {@code history}
 */
public record ProductHead(String name, String shows, String tab) {

  /**
   * Where a page of the product is.
   *
   * @param page as in {@link #tab}
   * @return its address
   */
  public String place(String page) {
    return "/products/" + name + "/" + page;
  }
}
