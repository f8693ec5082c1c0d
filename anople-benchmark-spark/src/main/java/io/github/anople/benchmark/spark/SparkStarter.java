package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.CellCluster;
import io.github.anople.benchmark.ClusterStarter;
import java.util.Map;

/** Has cells run on Spark, where there is one on the class path. */
public final class SparkStarter implements ClusterStarter {

  /** For the service loader. */
  public SparkStarter() {}

  @Override
  public CellCluster start(String master, Map<String, String> settings) {
    SparkHome home = SparkHome.ofEnvironment();
    home.check(SparkStarter.class.getClassLoader());
    return SparkCluster.start(master, settings, home);
  }
}
