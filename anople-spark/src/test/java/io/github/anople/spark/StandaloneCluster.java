package io.github.anople.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A cluster of Spark's own kind on the loopback: a master and workers, each a process, which start
 * executors as processes. Executors get what a job brings along and nothing else of this class
 * path, as on a cluster somewhere else.
 */
public final class StandaloneCluster implements AutoCloseable {

  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern WORKER =
      Pattern.compile("Successfully registered with master (spark://\\S+)");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final SparkHome home;
  private String master;

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    this.home = SparkHome.install(folder);
  }

  /**
   * Starts a cluster.
   *
   * @param folder an empty folder for it
   * @param workers how many
   * @param cores of each
   * @return a running cluster
   */
  public static StandaloneCluster start(Path folder, int workers, int cores) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    try {
      cluster.master = cluster.run(MASTER, "org.apache.spark.deploy.master.Master", List.of());
      for (int i = 0; i < workers; i++) {
        Path work = Files.createDirectories(folder.resolve("work-" + i));
        cluster.run(
            WORKER,
            "org.apache.spark.deploy.worker.Worker",
            List.of("-c", "" + cores, "-m", "2g", "-d", work.toString(), cluster.master));
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * A session of a job that brings this class path's own jars along. Another session of this
   * process is stopped: Spark has one at a time.
   *
   * @return a session, to stop
   */
  public SparkSession session() {
    SparkSession.getDefaultSession()
        .foreach(
            other -> {
              other.stop();
              return null;
            });
    SparkSession.Builder builder = SparkSession.builder().master(master).appName("lake");
    settings().forEach(builder::config);
    return builder.config("spark.sql.shuffle.partitions", "2").getOrCreate();
  }

  /**
   * Where it is.
   *
   * @return an address that begins with {@code spark://}
   */
  public String master() {
    return master;
  }

  /**
   * What a job has to say: which jars it brings, and that all is on this machine.
   *
   * @return settings of Spark by name
   */
  public Map<String, String> settings() {
    return Map.of(
        "spark.jars", home.jobJars(),
        "spark.ui.enabled", "false",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.driver.host", "127.0.0.1",
        "spark.executor.memory", "512m");
  }

  /**
   * The executors that are running.
   *
   * @return processes
   */
  public List<ProcessHandle> executors() {
    return processes.stream().flatMap(process -> process.toHandle().children()).toList();
  }

  /** Starts a process, and waits for what it says when it is ready. */
  private String run(Pattern ready, String main, List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>(List.of("--host", "127.0.0.1"));
    options.addAll(List.of("--port", "0", "--webui-port", "0"));
    options.addAll(arguments);
    Path log = folder.resolve(main.replaceAll(".*\\.", "") + processes.size() + ".log");
    ProcessBuilder builder =
        home.java(main, options).redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    processes.add(process);
    return said(process, log, ready);
  }

  private static String said(Process process, Path log, Pattern ready) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
      while (true) {
        String line = lines.readLine();
        Matcher found = ready.matcher(line == null ? "" : line);
        if (found.find()) {
          return found.group(1);
        }
        if (line == null) {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                Files.readAllLines(log).stream().collect(Collectors.joining("\n")));
          }
          Thread.sleep(20);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a worker and its executors wrote, for a test that failed. */
  public String logs() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("stderr") || file.toString().endsWith(".log"))
          .map(StandaloneCluster::text)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return file + ":\n" + Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(executors());
    processes.forEach(process -> all.add(process.toHandle()));
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }
}
