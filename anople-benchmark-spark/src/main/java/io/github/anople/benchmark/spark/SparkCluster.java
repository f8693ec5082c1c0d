package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.Benchmark;
import io.github.anople.benchmark.CellCluster;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.CellSettings;
import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An application of Spark that runs cells.
 *
 * @param spark the application, which this owns
 */
record SparkCluster(JavaSparkContext spark) implements CellCluster {

  private static final String JARS = "spark.jars";

  /**
   * Starts an application.
   *
   * @param master as Spark calls its masters
   * @param settings which go before those of the installation
   * @param home of the installation
   * @return the application, to close
   * @throws InputException if there is no such master, or a setting is at fault
   */
  static SparkCluster start(String master, Map<String, String> settings, SparkHome home) {
    settings.keySet().forEach(SparkCluster::check);
    SparkConf conf = new SparkConf();
    home.defaults().forEach(conf::setIfMissing);
    settings.forEach(conf::set);
    conf.setMaster(master).setIfMissing("spark.app.name", "anople benchmark");
    if (!master.matches("local(\\[.*)?")) {
      String jars = jars(conf.get(JARS, ""), home.brought(System.getProperty("java.class.path")));
      conf.set(JARS, jars);
    }
    JavaSparkContext spark = start(conf);
    if (spark.sc().isStopped()) {
      throw unreachable(master, "it does not answer", null);
    }
    return new SparkCluster(spark);
  }

  private static JavaSparkContext start(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // Scala does not declare what is thrown.
      throw unreachable(conf.get("spark.master"), Lines.first(e), e);
    }
  }

  private static InputException unreachable(String master, String why, Exception cause) {
    return new InputException(
        "Spark",
        "does not start on %s (%s)".formatted(InputException.quoted(master), why),
        "check the master and the settings",
        cause);
  }

  private static void check(String name) {
    if (!name.startsWith("spark.")) {
      throw new InputException(
          "--spark-conf",
          InputException.quoted(name) + " is not a setting of Spark",
          "all of them begin with spark., such as spark.executor.memory");
    }
  }

  private static String jars(String given, Stream<Path> own) {
    return Stream.concat(Stream.of(given), own.map(jar -> jar.toUri().toString()))
        .filter(jar -> !jar.isEmpty())
        .collect(Collectors.joining(","));
  }

  @Override
  public CellRunner runner(CellRunner here, CellSettings settings) {
    return new SparkCells(spark, here, SentSettings.of(settings));
  }

  /** All that Benchmark takes: Spark lets wait what it has no core for yet. */
  @Override
  public int jobs(int cells) {
    return Math.min(cells, Benchmark.MOST_JOBS);
  }

  @Override
  public void close() {
    spark.close();
  }
}
