package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.image.ImageReader;
import io.github.anople.onnx.OnnxDetector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster of two workers, whose executors have nothing but what the job brings. */
class ClusterTest {

  @TempDir static Path folder;

  private static StandaloneCluster cluster;
  private static SparkSession spark;
  private static Path detector;

  @BeforeAll
  static void start() throws IOException {
    cluster = StandaloneCluster.start(folder, 2, 1);
    spark = cluster.session();
    detector = Lake.detector(folder);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    cluster.close();
  }

  /** The processes that ran tasks, and how many detectors each has opened so far. */
  private static Map<String, Integer> opened() {
    MapPartitionsFunction<Long, String> ask =
        rows -> {
          Thread.sleep(20);
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
  void oneSessionAnExecutorWhateverTheNumberOfPartitions() {
    Path lake = Lake.parts(folder.resolve("lake"), 40);
    AnomalyTransformer transformer =
        new AnomalyTransformer().setDetector(detector.toString()).setBatchSize(1);
    Dataset<Row> files = Lake.files(spark, lake);
    List<Row> rows = transformer.transform(files.repartition(20)).collectAsList();
    transformer
        .copy(org.apache.spark.ml.param.ParamMap.empty())
        .transform(files.repartition(7))
        .collectAsList();
    assertEquals(40, rows.size());
    try (OnnxDetector onnx = OnnxDetector.open(detector)) {
      for (Row row : rows) {
        Path file = Path.of(URI.create(row.<String>getAs("path")));
        double direct = onnx.detect(new ImageReader().read(file)).score();
        assertEquals(direct, row.getStruct(4).<Double>getAs("score"));
      }
    }
    Map<String, Integer> opened = opened();
    assertEquals(2, opened.size(), opened::toString);
    opened.forEach((process, count) -> assertEquals(1, count, process));
  }
}
