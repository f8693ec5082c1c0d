package io.github.anople.spark;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Memory over many pictures: {@code -Danople.pictures=20000} for as many. */
class SoakTest {

  private static final int PARTS = 40;
  private static final int ROUNDS = 5;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryStaysAsItIs() throws IOException {
    int pictures = Integer.getInteger("anople.pictures", 2000);
    SparkSession spark = Lake.spark();
    Dataset<Row> files = Lake.files(spark, Lake.parts(folder.resolve("lake"), PARTS));
    AnomalyTransformer transformer =
        new AnomalyTransformer().setDetector(Lake.detector(folder).toString()).setMap("png");
    long times = Math.max(1, pictures / (ROUNDS * PARTS));
    int before = ExecutorDetectors.opened();
    List<Long> megabytes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Dataset<Row> many = files.crossJoin(spark.range(times)).repartition(16);
      long scored =
          transformer
              .transform(many)
              .filter(col("anomaly.score").isNotNull().and(col("anomaly.map").isNotNull()))
              .count();
      assertEquals(PARTS * times, scored);
      System.gc();
      megabytes.add(resident());
    }
    System.out.println("resident MB after each fifth of " + pictures + " pictures: " + megabytes);
    assertTrue(ExecutorDetectors.opened() - before <= 1, "sessions");
    long growth = megabytes.get(ROUNDS - 1) - megabytes.get(1);
    assertTrue(growth < 50, () -> "grew by " + growth + " MB: " + megabytes);
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
