package io.github.anople.inspect.metric;

/**
 * A metric that grows while a threshold falls from the highest score to the lowest. It stops at
 * each distinct score that something anomalous has: between two stops only normal things are
 * passed.
 */
interface Tally {

  /**
   * The next stop.
   *
   * @param score the threshold, lower than before
   * @param above normal things with a higher score
   * @param equal normal things with this score
   * @param anomalous anomalous things with this score, at least 1
   * @param overlap what they add to the sum of all regions' covered shares
   */
  void at(double score, long above, long equal, long anomalous, double overlap);
}
