package io.github.anople.inspect.metric;

/**
 * Area under the ROC curve: how often a random anomalous thing scores higher than a random normal
 * one, ties counting half (the Mann-Whitney statistic).
 */
final class Auroc implements Tally {

  private final long normals;
  private final long anomalies;

  /** Pairs in the right order, times two: whole, since 2^63 is enough for 4 billion pixels. */
  private long twice;

  Auroc(long normals, long anomalies) {
    this.normals = normals;
    this.anomalies = anomalies;
  }

  @Override
  public void at(double score, long above, long equal, long anomalous, double overlap) {
    twice += anomalous * (2 * (normals - above - equal) + equal);
  }

  double value() {
    return twice / (2.0 * normals * anomalies);
  }
}
