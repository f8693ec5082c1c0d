package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.package$;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for PySpark, where this machine has a PySpark of the version that we build with. */
class PythonTest {

  @TempDir Path folder;

  private int python(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder python = new ProcessBuilder("python3");
    python.command().addAll(arguments);
    python.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Path log = folder.resolve("python.log");
    return python.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
  }

  private boolean isThere() throws InterruptedException {
    String version = package$.MODULE$.SPARK_VERSION();
    try {
      return python(
              List.of(
                  "-c",
                  "import pyspark; assert pyspark.__version__.startswith('%s')"
                      .formatted(version.substring(0, version.lastIndexOf('.')))))
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void theExampleScoresALake() throws Exception {
    assumeTrue(isThere(), "there is no PySpark here: the example in Python is not run");
    Path jars = Files.createDirectory(folder.resolve("jars"));
    for (String jar : SparkHome.install(folder).brought()) {
      Files.copy(Path.of(jar), jars.resolve(Path.of(jar).getFileName()));
    }
    Path lake = Lake.parts(folder.resolve("lake"), 3);
    Path output = folder.resolve("scored");
    String example = Fixtures.checkout("anople-spark/src/main/python/score_lake.py").toString();
    int exit =
        python(
            List.of(
                example,
                jars.toString(),
                Lake.detector(folder).toString(),
                lake.toString(),
                output.toString()));
    assertEquals(0, exit, this::log);
    List<Row> rows = Lake.spark().read().parquet(output.toString()).orderBy("path").collectAsList();
    assertEquals(3, rows.size());
    assertEquals("NOT OK", rows.get(2).getStruct(1).getAs("verdict"));
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("python.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
