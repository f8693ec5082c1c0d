package io.github.anople.spark;

import io.github.anople.core.SyntheticParts;
import io.github.anople.onnx.ExportedWasher;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A small lake for tests: a detector of washers, drawn washers, and Spark in this process. */
final class Lake {

  private Lake() {}

  /** Spark on two threads of this process, one for all tests. */
  static SparkSession spark() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("lake")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** Writes an exported detector. */
  static Path detector(Path folder) {
    return ExportedWasher.write(folder.resolve("washer.onnx"), ExportedWasher.bytes());
  }

  /** Writes parts as {@code part_0000.png}, …, each third one scratched. */
  static Path parts(Path folder, int count) {
    for (int i = 0; i < count; i++) {
      BufferedImage part = i % 3 == 2 ? SyntheticParts.scratched(i) : SyntheticParts.good(i);
      SyntheticParts.write(folder.resolve("part_%04d.png".formatted(i)), part);
    }
    return folder;
  }

  /** The files of a folder. */
  static Dataset<Row> files(SparkSession spark, Path folder) {
    return spark.read().format("binaryFile").load(folder.toUri().toString());
  }
}
