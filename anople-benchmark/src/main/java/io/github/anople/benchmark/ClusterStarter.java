package io.github.anople.benchmark;

import java.util.Map;

/**
 * Joins a cluster that runs cells. A service: the module that knows one names its implementation in
 * {@code META-INF/services}.
 */
public interface ClusterStarter {

  /**
   * Joins a cluster.
   *
   * @param master which one, as its users call it
   * @param settings the cluster's own, by name
   * @return the cluster, to close
   * @throws io.github.anople.core.InputException if what it takes is not installed, or there is no
   *     such cluster
   */
  CellCluster start(String master, Map<String, String> settings);
}
