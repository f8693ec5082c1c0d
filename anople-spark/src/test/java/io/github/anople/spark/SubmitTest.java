package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@code spark-sql} and PySpark start: by {@code spark-submit}, with our jars given by {@code
 * --jars}, so that Spark has to find the function in a class loader that it makes itself.
 */
class SubmitTest {

  @TempDir Path folder;

  /** The program that is submitted: it asks in SQL alone. */
  public static final class Ask {

    private Ask() {}

    public static void main(String[] queries) throws IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        for (String query : queries) {
          spark.sql(query).collectAsList().forEach(row -> System.out.println("row " + row));
        }
      }
    }
  }

  @Test
  void theFunctionIsThereWithoutAWordOfJava() throws Exception {
    SparkHome home = SparkHome.install(folder);
    Path lake = Lake.parts(folder.resolve("lake"), 3);
    String tests = home.brought().stream().filter(SubmitTest::holds).findFirst().orElseThrow();
    Process submitted =
        home.java(
                "org.apache.spark.deploy.SparkSubmit",
                List.of(
                    "--master",
                    "local[2]",
                    "--jars",
                    home.jobJars(),
                    "--conf",
                    "spark.ui.enabled=false",
                    "--conf",
                    "spark.anople.detector=" + Lake.detector(folder),
                    "--class",
                    Ask.class.getName(),
                    tests,
                    "CREATE TEMPORARY VIEW scored AS SELECT path, anople_score(content) AS anomaly"
                        + " FROM binaryFile.`"
                        + lake
                        + "`",
                    "SELECT anomaly.verdict FROM scored ORDER BY path"))
            .redirectError(folder.resolve("log").toFile())
            .start();
    String said = new String(submitted.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, submitted.waitFor(), this::log);
    assertTrue(said.contains("row [OK]\nrow [OK]\nrow [NOT OK]"), said);
  }

  /** Whether that jar is of this test's classes. */
  private static boolean holds(String jar) {
    try (JarFile file = new JarFile(jar)) {
      return file.getEntry(SubmitTest.class.getName().replace('.', '/') + ".class") != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
