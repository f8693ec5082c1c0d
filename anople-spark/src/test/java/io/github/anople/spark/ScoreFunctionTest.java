package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function of SQL, which a session finds by itself. */
class ScoreFunctionTest {

  private static final int PARTS = 6;

  @TempDir static Path folder;

  private static SparkSession spark;
  private static Path detector;

  @BeforeAll
  static void draw() {
    spark = Lake.spark();
    detector = Lake.detector(folder);
    Lake.files(spark, Lake.parts(folder.resolve("lake"), PARTS)).createOrReplaceTempView("lake");
  }

  private static List<Row> ask(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Test
  void itScoresAsTheTransformer() {
    List<Row> expected =
        new AnomalyTransformer()
            .setDetector(detector.toString())
            .transform(spark.table("lake"))
            .selectExpr("path", "anomaly.score", "anomaly.verdict", "anomaly.boxes")
            .orderBy("path")
            .collectAsList();
    String named =
        "SELECT path, a.score, a.verdict, a.boxes FROM (SELECT path, anople_score(content, '%s') a"
            + " FROM lake) ORDER BY path";
    assertEquals(expected, ask(named.formatted(detector)));
    spark.conf().set("spark.anople.detector", detector.toString());
    try {
      assertEquals(expected, ask(named.replace(", '%s'", "")));
    } finally {
      spark.conf().unset("spark.anople.detector");
    }
    assertEquals(PARTS, expected.size());
  }

  @Test
  void whatIsSelectedAndFilteredIsComputedOnce() {
    String plan =
        spark
            .sql(
                "SELECT path, a.score, a.verdict FROM (SELECT path, anople_score(content, '"
                    + detector
                    + "') a FROM lake) WHERE a.verdict = 'NOT OK'")
            .queryExecution()
            .executedPlan()
            .toString();
    assertEquals(2, plan.split("anople_score\\(", -1).length, plan);
  }

  @Test
  void aDetectorIsAnyConstantText() {
    String verdicts = "SELECT anople_score(content, %s).verdict FROM lake ORDER BY path";
    String quoted = "'" + detector + "'";
    List<Row> expected = ask(verdicts.formatted(quoted));
    assertEquals(expected, ask(verdicts.formatted("concat(" + quoted + ", '')")));
    assertEquals(expected, ask(verdicts.formatted("trim(cast(" + quoted + " AS varchar(4000)))")));
  }

  /** In a condition, as a group, in an order, and where pictures may be null. */
  @Test
  void itStandsWhereverSqlLetsItStand() {
    spark.conf().set("spark.anople.detector", detector.toString());
    try {
      assertEquals(
          ask(
              "SELECT verdict, count(*) FROM (SELECT anople_score(content).verdict AS verdict FROM lake)"
                  + " GROUP BY verdict ORDER BY verdict"),
          ask("SELECT anople_score(content).verdict v, count(*) FROM lake GROUP BY 1 ORDER BY v"));
      assertEquals(
          2, ask("SELECT path FROM lake WHERE anople_score(content).verdict = 'NOT OK'").size());
      assertEquals(
          PARTS, ask("SELECT path FROM lake ORDER BY anople_score(content).margin").size());
      String error = ask("SELECT anople_score(cast(NULL AS binary)).error").get(0).getString(0);
      assertTrue(error.startsWith("picture: has no content"), error);
    } finally {
      spark.conf().unset("spark.anople.detector");
    }
  }

  @Test
  void aWrongCallIsRefusedInOneLine() {
    assertTrue(refusal("SELECT anople_score(content) FROM lake").contains("spark.anople.detector"));
    assertTrue(refusal("SELECT anople_score() FROM lake").contains("0 arguments"));
    assertTrue(refusal("SELECT anople_score(path, 'x.onnx') FROM lake").contains("string"));
    assertTrue(refusal("SELECT anople_score(content, path) FROM lake").contains("between quotes"));
    assertTrue(
        refusal("SELECT anople_score(content, 'x.onnx') FROM lake").contains("no such file"));
  }

  private static String refusal(String sql) {
    String message = assertThrows(Exception.class, () -> ask(sql)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
