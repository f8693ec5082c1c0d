package io.github.anople.server.web;

import java.util.List;
import java.util.Optional;

/**
 * The thresholds of a product, beside the scores that are known.
 *
 * @param head of the page
 * @param now the thresholds that decide; empty before the first detector
 * @param falseAlarms what is promised, in percent
 * @param uncertain what is promised of the lower threshold, in percent
 * @param further how many good pictures there are beside the shots
 */
public record DecidePage(
    ProductHead head, Optional<Now> now, String falseAlarms, String uncertain, int further) {

  /** What draws its charts. */
  public static final List<String> SCRIPTS = Charts.SCRIPTS;

  /**
   * Thresholds that decide.
   *
   * @param version of the detector
   * @param statement what they promise
   * @param data scores and thresholds, as JSON
   * @param threshold the largest score that is not NOT OK
   * @param lower the largest score that is OK; the threshold itself where there is one
   * @param two whether there are two
   * @param highest the end of the scale
   */
  public record Now(
      int version,
      String statement,
      String data,
      String threshold,
      String lower,
      boolean two,
      String highest) {}
}
