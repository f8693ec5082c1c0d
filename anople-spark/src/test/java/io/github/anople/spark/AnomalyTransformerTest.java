package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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

  private static RgbImage picture(DetectorFile file, Row row) {
    return new ImageReader(file.provenance().reading())
        .read(Path.of(URI.create(row.<String>getAs("path"))));
  }

  private static List<Row> ordered(Dataset<Row> rows) {
    return rows.orderBy("path").collectAsList();
  }

  private static Row result(Row row) {
    return row.getAs("anomaly");
  }

  @Test
  void everyPictureIsScoredToTheBitInAnyBatchesAndPartitions() {
    List<Row> one = ordered(transformer().setBatchSize(1).transform(files().repartition(7)));
    List<Row> eight = ordered(transformer().transform(files().coalesce(1)));
    assertEquals(PARTS, one.size());
    assertEquals(PARTS, eight.size());
    try (DetectorFile file = DetectorFiles.open(detector)) {
      for (int i = 0; i < PARTS; i++) {
        double score = file.detector().detect(picture(file, one.get(i))).score();
        assertEquals(score, result(one.get(i)).<Double>getAs("score"));
        assertEquals(score, result(eight.get(i)).<Double>getAs("score"));
      }
    }
  }

  @Test
  void aResultTellsWhatTheCommandTells() {
    Set<String> verdicts = new TreeSet<>();
    try (DetectorFile file = DetectorFiles.open(detector)) {
      for (Row row : ordered(transformer().transform(files()))) {
        RgbImage picture = picture(file, row);
        Detection detection = file.detector().detect(picture);
        Verdict verdict = file.threshold().orElseThrow().judge(detection);
        Row result = result(row);
        assertEquals(verdict.kind(), result.getAs("verdict"));
        assertEquals((double) verdict.threshold().value(), result.<Double>getAs("threshold"));
        assertEquals(verdict.margin().orElseThrow(), result.<Double>getAs("margin"));
        List<Defect> worst =
            file.defects()
                .orElseThrow()
                .find(detection.map(), picture.width(), picture.height())
                .worst();
        List<Row> boxes = result.getList(result.fieldIndex("boxes"));
        assertEquals(worst.size(), boxes.size());
        for (int i = 0; i < worst.size(); i++) {
          assertEquals(worst.get(i), defect(boxes.get(i), worst.get(i)));
        }
        assertTrue(result.<Integer>getAs("millis") >= 0);
        assertNull(result.getAs("error"));
        assertNull(result.getAs("map"));
        assertEquals("washer.onnx@sha256:" + Sha256.of(detector), result.<String>getAs("detector"));
        verdicts.add(result.getAs("verdict"));
      }
    }
    assertEquals(Set.of(Verdict.OK, Verdict.UNCERTAIN, Verdict.NOT_OK), verdicts);
  }

  /** A defect of a row's numbers, and of another's where a row has none. */
  private static Defect defect(Row box, Defect other) {
    return new Defect(
        new Defect.Box(
            box.<Integer>getAs("x"),
            box.<Integer>getAs("y"),
            box.<Integer>getAs("width"),
            box.<Integer>getAs("height")),
        box.<Double>getAs("area"),
        box.<Double>getAs("area_percent"),
        box.<Double>getAs("peak").floatValue(),
        other.peakAt(),
        other.centroid());
  }

  @Test
  void theColumnsOfAResultAreThese() {
    String boxes =
        "array<struct<x:int,y:int,width:int,height:int,area:double,area_percent:double,peak:double>>";
    String result =
        "struct<score:double,threshold:double,margin:double,verdict:string,boxes:"
            + boxes
            + ",map:binary,detector:string,millis:int,error:string,scene:string,"
            + "notes:array<string>>";
    StructType schema = files().schema();
    StructType wider = new AnomalyTransformer().transformSchema(schema);
    assertEquals(List.of(schema.fieldNames()), List.of(wider.fieldNames()).subList(0, 4));
    assertEquals(result, simple(wider));
    assertEquals(result, simple(transformer().setMap("png").transform(files()).schema()));
    assertEquals(
        result.replace("map:binary", "map:array<array<float>>"),
        simple(transformer().setMap("array").transform(files()).schema()));
  }

  private static String simple(StructType schema) {
    // Spark shortens the types of wide structs in its own words.
    return schema.apply("anomaly").dataType().catalogString();
  }

  @Test
  void theSchemaIsToldWithoutReadingADetector() {
    AnomalyTransformer nowhere = new AnomalyTransformer().setDetector("nowhere/at/all.onnx");
    assertEquals(5, nowhere.transformSchema(files().schema()).size());
    String message =
        assertThrows(InputException.class, () -> nowhere.transform(files())).getMessage();
    assertTrue(message.contains("nowhere/at/all.onnx: no such file"), message);
  }

  @Test
  void aMapIsAPictureOrNumbers() throws IOException {
    Row png = result(ordered(transformer().setMap("png").transform(files())).get(2));
    Row array = result(ordered(transformer().setMap("array").transform(files())).get(2));
    Raster raster = ImageIO.read(new ByteArrayInputStream(png.<byte[]>getAs("map"))).getRaster();
    List<scala.collection.Seq<Float>> rows = array.getList(array.fieldIndex("map"));
    try (DetectorFile file = DetectorFiles.open(detector)) {
      Row row = ordered(files()).get(2);
      Detection detection = file.detector().detect(picture(file, row));
      assertEquals(detection.map().height(), rows.size());
      assertEquals(detection.map().height(), raster.getHeight());
      for (int y = 0; y < rows.size(); y++) {
        for (int x = 0; x < detection.map().width(); x++) {
          assertEquals(detection.map().at(y, x), rows.get(y).apply(x));
          assertEquals(Math.round(detection.map().at(y, x) * 65535), raster.getSample(x, y, 0));
        }
      }
    }
  }

  @Test
  void aSavedPipelineScoresTheSame() throws IOException {
    AnomalyTransformer stage = transformer().setOutputCol("seen").setBatchSize(3).setMap("png");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage});
    String saved = folder.resolve("pipeline").toString();
    pipeline.fit(files()).write().overwrite().save(saved);
    PipelineModel loaded = PipelineModel.load(saved);
    AnomalyTransformer again = (AnomalyTransformer) loaded.stages()[0];
    assertEquals(stage.uid(), again.uid());
    List<Row> expected = ordered(stage.transform(files()));
    List<Row> scored = ordered(loaded.transform(files()));
    for (int i = 0; i < PARTS; i++) {
      Row seen = scored.get(i).getAs("seen");
      assertEquals(
          expected.get(i).<Row>getAs("seen").<Double>getAs("score"), seen.<Double>getAs("score"));
      assertNotNull(seen.getAs("map"));
    }
    String alone = folder.resolve("stage").toString();
    stage.write().overwrite().save(alone);
    assertEquals(stage.explainParams(), AnomalyTransformer.load(alone).explainParams());
  }

  @Test
  void otherColumnsStayAsTheyAre() {
    Dataset<Row> wide =
        files()
            .selectExpr(
                "path",
                "content",
                "array(struct(1 AS a, 'x' AS b)) AS nested",
                "map('k', decimal(1.25)) AS numbers",
                "modificationTime",
                "cast(null AS date) AS day");
    List<Row> before = ordered(wide.drop("content"));
    List<Row> after = ordered(transformer().transform(wide).drop("content", "anomaly"));
    assertEquals(before, after);
  }

  @Test
  void columnsThatDoNotFitAreRefusedByName() {
    StructType schema = files().schema();
    assertTrue(refusal(transformer().setInputCol("image"), schema).contains("is no column of"));
    assertTrue(refusal(transformer().setInputCol("path"), schema).contains("files are binary"));
    StructType twice = schema.add("anomaly", DataTypes.StringType);
    assertTrue(refusal(transformer(), twice).contains("is a column already"));
    assertThrows(IllegalArgumentException.class, () -> transformer().setBatchSize(0));
    assertThrows(IllegalArgumentException.class, () -> transformer().setMap("jpeg"));
    assertThrows(IllegalArgumentException.class, () -> transformer().setOnError("ignore"));
    String unset =
        assertThrows(InputException.class, () -> new AnomalyTransformer().transform(files()))
            .getMessage();
    assertTrue(unset.startsWith("detector: is not set"), unset);
  }

  private static String refusal(AnomalyTransformer transformer, StructType schema) {
    String message =
        assertThrows(InputException.class, () -> transformer.transformSchema(schema)).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }
}
