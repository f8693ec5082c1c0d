package io.github.anople.server.web;

import java.util.Optional;

/**
 * Pictures that wait for a person, one at a time.
 *
 * @param head of the page
 * @param waiting how many wait
 * @param next the one that is shown; empty if none waits, or none after those that were skipped
 * @param decided what was decided just now; empty for nothing
 * @param corrections how many pictures the next correction would remember or forget
 */
public record ReviewPage(
    ProductHead head,
    long waiting,
    Optional<Next> next,
    Optional<Decided> decided,
    int corrections) {

  /**
   * A picture that waits.
   *
   * @param card the inspection
   * @param form for the decision
   */
  public record Next(InspectionCard card, ReviewForm form) {}

  /**
   * A decision.
   *
   * @param place where the inspection is
   * @param id its number
   * @param found what was decided
   */
  public record Decided(String place, long id, String found) {}
}
