package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyTransformerTest {

  private static final int PARTS = 20;

  @TempDir static Path folder;

  private static SparkSession spark;
  private static Path detector;
  private static Path lake;

  @BeforeAll
  static void draw() {
    spark = Lake.spark();
    detector = Lake.detector(folder);
    lake = Lake.parts(folder.resolve("lake"), PARTS);
  }

  private static AnomalyTransformer transformer() {
    return new AnomalyTransformer().setDetector(detector.toString());
  }

  private static Dataset<Row> files() {
    return Lake.files(spark, lake);
  }

  private static Detection directly(OnnxDetector onnx, Row row) {
    Path file = Path.of(URI.create(row.<String>getAs("path")));
    RgbImage image = new ImageReader(onnx.metadata().provenance().reading()).read(file);
    return onnx.detect(image);
  }

  private static List<Row> ordered(Dataset<Row> rows) {
    return rows.orderBy("path").collectAsList();
  }

  @Test
  void everyPictureIsScoredToTheBitInAnyBatchesAndPartitions() {
    List<Row> one = ordered(transformer().setBatchSize(1).transform(files().repartition(7)));
    List<Row> eight = ordered(transformer().transform(files().coalesce(1)));
    assertEquals(PARTS, one.size());
    try (OnnxDetector onnx = OnnxDetector.open(detector)) {
      for (int i = 0; i < PARTS; i++) {
        double direct = directly(onnx, one.get(i)).score();
        assertEquals(direct, one.get(i).getStruct(4).<Double>getAs("score"));
        assertEquals(direct, eight.get(i).getStruct(4).<Double>getAs("score"));
      }
    }
  }
}
