package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster of two workers, whose executors have nothing but what the job brings. */
class ClusterTest {

  @TempDir static Path shared;

  private static StandaloneCluster cluster;

  @TempDir Path folder;

  private SparkSession spark;
  private Path detector;

  @BeforeAll
  static void start() throws IOException {
    cluster = StandaloneCluster.start(shared, 2, 1);
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  /** Each test has executors of its own. */
  @BeforeEach
  void submit() {
    spark = cluster.session();
    detector = Lake.detector(folder);
  }

  @AfterEach
  void stop() {
    spark.stop();
  }

  private AnomalyTransformer transformer() {
    return new AnomalyTransformer().setDetector(detector.toString());
  }

  private static void assertScoredAsHere(Path detector, List<Row> rows) {
    try (DetectorFile file = DetectorFiles.open(detector)) {
      for (Row row : rows) {
        Path picture = Path.of(URI.create(row.<String>getAs("path")));
        Row result = row.getAs("anomaly");
        assertNull(result.getAs("error"));
        double direct = file.detector().detect(new ImageReader().read(picture)).score();
        assertEquals(direct, result.<Double>getAs("score"), picture::toString);
      }
    }
  }

  /** How many detectors each executor has opened so far. */
  private Map<String, Integer> opened() {
    MapPartitionsFunction<Long, String> ask =
        rows -> {
          Thread.sleep(20); // Else one executor could answer for both.
          return List.of(ProcessHandle.current().pid() + " " + ExecutorDetectors.opened())
              .iterator();
        };
    Map<String, Integer> counts = new TreeMap<>();
    for (String answer :
        spark.range(0, 64, 1, 64).mapPartitions(ask, Encoders.STRING()).collectAsList()) {
      int space = answer.indexOf(' ');
      counts.put(answer.substring(0, space), Integer.valueOf(answer.substring(space + 1)));
    }
    return counts;
  }

  @Test
  void anExecutorOpensADetectorOnceWhateverTheNumberOfPartitions() {
    Dataset<Row> files = Lake.files(spark, Lake.parts(folder.resolve("lake"), 40));
    List<Row> rows = transformer().setBatchSize(1).transform(files.repartition(20)).collectAsList();
    assertEquals(40, rows.size());
    assertScoredAsHere(detector, rows);
    assertEquals(40, transformer().transform(files.repartition(7)).collectAsList().size());
    Map<String, Integer> opened = opened();
    assertEquals(2, opened.size(), opened::toString);
    opened.forEach((process, count) -> assertEquals(1, count, process));
  }

  /** The decoders of some are found as services, which come with the job. */
  @Test
  void everyFormatIsReadWithWhatTheJobBrings() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    BufferedImage part = SyntheticParts.good(3);
    for (String format : List.of("png", "jpg", "bmp", "tif")) {
      ImageIO.write(
          part, format.equals("tif") ? "tiff" : format, lake.resolve("part." + format).toFile());
    }
    for (String webp : List.of("pattern-lossless.webp", "pattern-lossy.webp")) {
      try (InputStream in = ImageReader.class.getResourceAsStream("/images/" + webp)) {
        Files.copy(in, lake.resolve(webp));
      }
    }
    List<Row> rows = transformer().transform(Lake.files(spark, lake)).collectAsList();
    assertEquals(6, rows.size());
    assertScoredAsHere(detector, rows);
  }

  @Test
  void aKilledExecutorLosesNoPictureAndDoublesNone() throws Exception {
    Dataset<Row> files = Lake.files(spark, Lake.parts(folder.resolve("lake"), 60));
    // Each picture many times, so that there is work to be killed in.
    Dataset<Row> many = files.crossJoin(spark.range(40)).repartition(24);
    Path scored = folder.resolve("scored");
    CompletableFuture<Void> job =
        CompletableFuture.runAsync(
            () ->
                transformer()
                    .transform(many)
                    .drop("content")
                    .write()
                    .parquet(scored.toUri().toString()));
    AtomicInteger lost = kill(job);
    job.get();
    assertTrue(lost.get() > 0, "nothing was at work when the executor was killed");
    List<Row> rows = spark.read().parquet(scored.toUri().toString()).collectAsList();
    assertEquals(60 * 40, rows.size());
    HashSet<String> once = new HashSet<>();
    rows.forEach(row -> once.add(row.getAs("path") + "#" + row.getAs("id")));
    assertEquals(60 * 40, once.size());
    assertScoredAsHere(detector, new ArrayList<>(rows.subList(0, 30)));
  }

  /** Kills an executor when some of the job's tasks are done; counts those that end badly. */
  private AtomicInteger kill(CompletableFuture<Void> job) throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd task) {
                (task.taskInfo().successful() ? done : lost).incrementAndGet();
              }
            });
    while (done.get() < 6) {
      assertFalse(job.isDone(), "the job is over before anything was killed");
      Thread.sleep(5);
    }
    Thread.sleep(ThreadLocalRandom.current().nextInt(100));
    List<ProcessHandle> executors = cluster.executors();
    assertFalse(executors.isEmpty());
    executors.get(0).destroyForcibly();
    return lost;
  }
}
