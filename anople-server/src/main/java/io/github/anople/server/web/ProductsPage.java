package io.github.anople.server.web;

import io.github.anople.server.inspect.Today;
import java.util.List;

/**
 * All products.
 *
 * @param cards one a product
 */
public record ProductsPage(List<Card> cards) {

  /**
   * A product.
   *
   * @param name its name in addresses
   * @param shows what its pictures show
   * @param picture address of a picture of it; empty where there is none
   * @param state of its detector, in words
   * @param ready whether it can inspect
   * @param counts of good pictures, in words
   * @param today what was inspected today
   */
  public record Card(
      String name,
      String shows,
      String picture,
      String state,
      boolean ready,
      String counts,
      Today.Summary today) {}

  /** Copies the cards. */
  public ProductsPage {
    cards = List.copyOf(cards);
  }
}
