package io.github.anople.benchmark.command;

import io.github.anople.benchmark.CellCluster;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.CellSettings;
import io.github.anople.benchmark.ClusterStarter;
import io.github.anople.core.InputException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Option;

/** {@code --spark} and {@code --spark-conf}: whether the runs are done elsewhere. */
final class ClusterOptions {

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "Do the runs on Spark: local[*], spark://HOST:7077, yarn, k8s://HOST. Takes SPARK_HOME, "
              + "the folder of a Spark 4; data sets and backbone have to be at the same place on "
              + "all workers.")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Spark, may be repeated: spark.executor.memory=4g. Others come from "
              + "conf/spark-defaults.conf in SPARK_HOME.")
  private Map<String, String> settings = Map.of();

  /** The cluster that is asked for, or this process; to close. */
  CellCluster start() {
    if (master.isEmpty() && !settings.isEmpty()) {
      throw new InputException("--spark-conf", "is of no use alone", "add --spark MASTER");
    }
    return master.map(this::start).orElseGet(ThisProcess::new);
  }

  private CellCluster start(String where) {
    return ServiceLoader.load(ClusterStarter.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "the program",
                    "was put together without its part for Spark",
                    "add anople-benchmark-spark to the class path"))
        .start(where, settings);
  }

  /** The runs are done here, one at a time where nobody says more. */
  private static final class ThisProcess implements CellCluster {

    @Override
    public CellRunner runner(CellRunner here, CellSettings settings) {
      return here;
    }

    @Override
    public int jobs(int cells) {
      return 1;
    }

    @Override
    public void close() {}
  }
}
