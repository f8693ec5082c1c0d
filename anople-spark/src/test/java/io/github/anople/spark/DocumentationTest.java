package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/spark.md are run as they stand there, with a folder for the store. */
class DocumentationTest {

  private static final int PARTS = 6;

  @TempDir Path folder;

  private SparkSession spark;

  @BeforeEach
  void fill() throws IOException {
    spark = Lake.spark();
    Lake.parts(folder.resolve("lake"), PARTS);
    Files.move(
        Lake.detector(folder),
        Files.createDirectory(folder.resolve("models")).resolve("bracket.onnx"));
  }

  /** The page's blocks of a language. */
  private List<String> blocks(String language) throws IOException {
    String page = Files.readString(Fixtures.checkout("docs/spark.md"));
    Pattern block =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    return block
        .matcher(page)
        .results()
        .map((MatchResult found) -> found.group(1).replace("s3a://", folder.toUri().toString()))
        .toList();
  }

  /** Compiles Java code as the body of a method, and runs it. */
  private Object run(String code, String result) throws Exception {
    Path source = folder.resolve("Shown.java");
    Files.writeString(
        source,
        """
        import io.github.anople.spark.AnomalyTransformer;
        import org.apache.spark.sql.*;
        public class Shown {
          public static Object run(SparkSession spark) throws Exception {
            %s
            %s
          }
        }
        """
            .formatted(code, result));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                System.err,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertEquals(0, failed, code);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return loader.loadClass("Shown").getMethod("run", SparkSession.class).invoke(null, spark);
    }
  }

  private List<Row> results() {
    return spark.read().parquet(folder.resolve("results/bracket").toString()).collectAsList();
  }

  @Test
  void javaOverATable() throws Exception {
    run(blocks("java").get(0), "return null;");
    assertEquals(PARTS, results().size());
  }

  @Test
  void javaOverAStream() throws Exception {
    Files.createDirectory(folder.resolve("arriving"));
    try (Stream<Path> parts = Files.list(folder.resolve("lake"))) {
      for (Path part : parts.toList()) {
        Files.copy(part, folder.resolve("arriving").resolve(part.getFileName()));
      }
    }
    String first = blocks("java").get(0);
    String reading = first.substring(0, first.indexOf('\n'));
    String stream = blocks("java").get(1);
    StreamingQuery query =
        (StreamingQuery)
            run(
                reading
                    + stream.replace("new AnomalyTransformer", "var q = new AnomalyTransformer"),
                "return q;");
    query.processAllAvailable();
    query.stop();
    assertEquals(PARTS, results().size());
  }

  @Test
  void sqlFindsAllThatAPersonShouldLookAt() throws Exception {
    Files.writeString(folder.resolve("lake/broken.png"), "not a picture");
    spark.conf().set("spark.anople.detector", folder.resolve("models/bracket.onnx").toString());
    try {
      List<Row> last = List.of();
      for (String statement : blocks("sql").get(0).split(";\\s*", -1)) {
        if (!statement.isBlank()) {
          last = spark.sql(statement).collectAsList();
        }
      }
      assertEquals(
          Arrays.asList("NOT OK", "NOT OK", "UNCERTAIN", null),
          last.stream().map(row -> row.getString(1)).toList());
    } finally {
      spark.conf().unset("spark.anople.detector");
      spark.catalog().dropTempView("lake");
    }
  }
}
