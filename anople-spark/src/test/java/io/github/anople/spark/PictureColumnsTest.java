package io.github.anople.spark;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns with odd names, and what a data set says of its columns. */
class PictureColumnsTest {

  private static final int PARTS = 3;

  @TempDir static Path folder;

  private static SparkSession spark;
  private static AnomalyTransformer transformer;
  private static Path lake;

  @BeforeAll
  static void draw() {
    spark = Lake.spark();
    transformer = new AnomalyTransformer().setDetector(Lake.detector(folder).toString());
    lake = Lake.parts(folder.resolve("lake"), PARTS);
  }

  private static AnomalyTransformer copy() {
    return transformer.copy(new ParamMap());
  }

  private static Dataset<Row> files() {
    return Lake.files(spark, lake);
  }

  private static String refusal(AnomalyTransformer refusing, Dataset<Row> rows) {
    String message =
        assertThrows(InputException.class, () -> refusing.transform(rows)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void assertScored(Dataset<Row> scored, int result) {
    List<Row> rows = scored.collectAsList();
    assertEquals(PARTS, rows.size());
    rows.forEach(row -> assertNull(row.getStruct(result).getAs("error")));
  }

  @Test
  void caseCountsWhereTheSessionSaysSo() {
    AnomalyTransformer upper = copy().setInputCol("CONTENT");
    assertScored(upper.transform(files()), 4);
    assertTrue(refusal(copy().setOutputCol("PATH"), files()).contains("is a column already"));
    spark.conf().set("spark.sql.caseSensitive", "true");
    try {
      assertTrue(refusal(upper, files()).contains("is no column of"));
      assertScored(copy().setOutputCol("PATH").transform(files()), 4);
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
  }

  @Test
  void aColumnOfPicturesThatIsTwoIsRefused() {
    Dataset<Row> twice = files().select(col("content"), lit(new byte[] {1}).as("Content"));
    assertTrue(refusal(copy(), twice).contains("is the name of 2 columns"));
  }

  @Test
  void otherColumnsMayBeCalledAnything() {
    Dataset<Row> odd =
        files().select(col("content").as("a.b`c"), lit(1).as("x"), lit(2).as("x"), lit("").as(""));
    Dataset<Row> scored = copy().setInputCol("a.b`c").setOutputCol("r.`s").transform(odd);
    assertScored(scored, 4);
    assertEquals(List.of("a.b`c", "x", "x", "", "r.`s"), List.of(scored.schema().fieldNames()));
    Row row = scored.collectAsList().get(0);
    assertEquals(List.of(1, 2), List.of(row.get(1), row.get(2)));
  }

  @Test
  void namesForMessagesAreTakenWhereThereAreSome() {
    Dataset<Row> bad = files().withColumn("content", lit(new byte[] {1}));
    for (Dataset<Row> nameless :
        List.of(
            bad.withColumn("path", lit(7)),
            bad.withColumn("path", lit(null).cast("string")),
            bad.select(col("content"), lit("a").as("path"), lit("b").as("path")))) {
      Row result = copy().transform(nameless).select("anomaly").first().getStruct(0);
      assertTrue(result.<String>getAs("error").startsWith("picture: "), result::toString);
    }
  }

  @Test
  void metadataStaysAndSoDoesTheWatermarkOfAStream() {
    Metadata said = new MetadataBuilder().putString("line", "three").build();
    Dataset<Row> rows = files().withColumn("path", col("path").as("path", said));
    StructType schema = transformer.transform(rows).schema();
    assertEquals(said, schema.apply("path").metadata());
    assertEquals(transformer.transformSchema(rows.schema()), schema);
    Dataset<Row> stream =
        spark
            .readStream()
            .format("binaryFile")
            .schema(files().schema())
            .load(lake.toUri().toString())
            .withWatermark("modificationTime", "1 hour");
    Metadata watermark = stream.schema().apply("modificationTime").metadata();
    assertTrue(watermark.json().contains("watermark"), watermark::json);
    assertEquals(
        watermark, transformer.transform(stream).schema().apply("modificationTime").metadata());
  }

  @Test
  void typesStayToTheirFields() {
    Dataset<Row> rows =
        files()
            .withColumn("months", expr("INTERVAL '7' MONTH"))
            .withColumn("day", expr("INTERVAL '1' DAY"))
            .withColumn("vector", array_to_vector(array(lit(1.5))));
    Dataset<Row> scored = transformer.transform(rows);
    assertEquals(transformer.transformSchema(rows.schema()), scored.schema());
    String[] columns = {"months", "day", "vector"};
    assertEquals(
        rows.selectExpr(columns).collectAsList(), scored.selectExpr(columns).collectAsList());
  }

  @Test
  void aParameterThatIsNullOrBlankIsNotSet() {
    for (String nothing : new String[] {null, "", " "}) {
      String expected = ": is not set; name ";
      assertTrue(refusal(copy().setDetector(nothing), files()).startsWith("detector" + expected));
      assertTrue(refusal(copy().setInputCol(nothing), files()).startsWith("inputCol" + expected));
      assertTrue(refusal(copy().setOutputCol(nothing), files()).startsWith("outputCol" + expected));
    }
  }
}
