package io.github.anople.server.web;

import java.util.List;

/**
 * One connection: a new one, or one to change.
 *
 * @param title of the page
 * @param kind what it is, as in addresses
 * @param place where the form is sent
 * @param delete where it is deleted; empty for a new one
 * @param products names of those to choose from; empty for one that there is
 * @param target where it leads
 * @param topic where a broker publishes
 * @param clientId how the server calls itself at a broker
 * @param user whom a broker knows
 * @param secret whether a secret is set
 * @param verdicts which verdicts are sent
 * @param move whether a folder's pictures are moved
 * @param waiting how many messages wait
 */
public record ConnectionPage(
    String title,
    String kind,
    String place,
    String delete,
    List<String> products,
    String target,
    String topic,
    String clientId,
    String user,
    boolean secret,
    String verdicts,
    boolean move,
    long waiting) {

  /** Copies the products. */
  public ConnectionPage {
    products = List.copyOf(products);
  }
}
