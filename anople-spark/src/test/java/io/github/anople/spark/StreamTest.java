package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structured Streaming: a folder that pictures arrive in. */
class StreamTest {

  @TempDir Path folder;

  @Test
  void everyPictureThatArrivesIsScoredOnceOverRestarts() throws Exception {
    SparkSession spark = Lake.spark();
    AnomalyTransformer transformer =
        new AnomalyTransformer().setDetector(Lake.detector(folder).toString());
    Path drawn = Lake.parts(folder.resolve("drawn"), 9);
    Path arriving = Files.createDirectories(folder.resolve("arriving"));
    Set<String> expected = new TreeSet<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 3 * round; i < 3 * round + 3; i++) {
        String name = "part_%04d.png".formatted(i);
        Files.move(drawn.resolve(name), arriving.resolve(name));
        expected.add(name);
      }
      run(spark, transformer, arriving);
      List<Row> rows = spark.read().parquet(folder.resolve("scored").toString()).collectAsList();
      Set<String> scored = new TreeSet<>();
      rows.forEach(row -> scored.add(Lake.name(row)));
      assertEquals(expected, scored);
      assertEquals(expected.size(), rows.size());
    }
  }

  /** A query that ends when all that is there is scored, and goes on where the last one ended. */
  private void run(SparkSession spark, AnomalyTransformer transformer, Path arriving)
      throws Exception {
    String folderOfPictures = arriving.toUri().toString();
    Dataset<Row> stream =
        spark
            .readStream()
            .format("binaryFile")
            .schema(spark.read().format("binaryFile").load(folderOfPictures).schema())
            .load(folderOfPictures);
    transformer
        .transform(stream)
        .select("path", "anomaly.score", "anomaly.verdict")
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start(folder.resolve("scored").toString())
        .awaitTermination();
  }
}
