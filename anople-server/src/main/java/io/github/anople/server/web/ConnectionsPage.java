package io.github.anople.server.web;

import java.util.List;

/**
 * All connections.
 *
 * @param items one a connection
 * @param products whether there is a product to connect
 */
public record ConnectionsPage(List<Item> items, boolean products) {

  /**
   * A connection.
   *
   * @param id its number
   * @param product whose
   * @param kind what it is, in words
   * @param target where it leads
   * @param about what else there is to know of that, in words
   * @param state how it stands, in words
   * @param look of the state: {@code good}, {@code bad}, {@code unsure}
   * @param paused whether it rests
   * @param last when something got through, in words
   * @param fault the last fault, and when that was; may be empty
   * @param dropped how many messages were given up, in words; may be empty
   * @param tested what a test has just brought; may be empty
   * @param works whether that test was good
   */
  public record Item(
      long id,
      String product,
      String kind,
      String target,
      String about,
      String state,
      String look,
      boolean paused,
      String last,
      String fault,
      String dropped,
      String tested,
      boolean works) {}

  /** Copies the items. */
  public ConnectionsPage {
    items = List.copyOf(items);
  }
}
