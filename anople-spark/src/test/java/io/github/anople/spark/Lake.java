package io.github.anople.spark;

import io.github.anople.core.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /**
   * Writes an exported detector: anople-onnx's washer, after {@code anople calibrate --normal good
   * --target-false-alarm 0.1 --uncertain-false-alarm 0.3} with good parts 100 to 129.
   */
  static Path detector(Path folder) {
    try (InputStream in = Lake.class.getResourceAsStream("/washer_calibrated.onnx")) {
      return Files.write(folder.resolve("washer.onnx"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** The part of a file's name after its folders. */
  static String name(Row row) {
    String path = row.getAs("path");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
