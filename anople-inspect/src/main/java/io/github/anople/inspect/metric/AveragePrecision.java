package io.github.anople.inspect.metric;

/**
 * Average precision: the precision at each distinct score, weighted by the recall that it adds (a
 * step sum, no interpolation).
 */
final class AveragePrecision implements Tally {

  private final long anomalies;
  private long found;
  private double sum;

  AveragePrecision(long anomalies) {
    this.anomalies = anomalies;
  }

  @Override
  public void at(double score, long above, long equal, long anomalous, double overlap) {
    found += anomalous;
    sum += anomalous * ((double) found / (found + above + equal));
  }

  double value() {
    return Math.min(1, sum / anomalies);
  }
}
