package io.github.anople.benchmark.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkHomeTest {

  @TempDir Path folder;

  private SparkHome home() {
    return new SparkHome(Optional.of(folder), Optional.empty());
  }

  private Path jar(String name, String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  @Test
  void withoutSparkOneLineSaysWhatToDo() {
    ClassLoader java = ClassLoader.getPlatformClassLoader();

    assertDoesNotThrow(() -> TinyGrid.NO_HOME.check(SparkHome.class.getClassLoader()));
    assertEquals(
        "SPARK_HOME: is not set, and Spark does not come with the program; set it to the folder of a"
            + " Spark 4 (Scala 2.13), and start the program with its own launcher",
        assertThrows(InputException.class, () -> TinyGrid.NO_HOME.check(java)).getMessage());
    String wrong = assertThrows(InputException.class, () -> home().check(java)).getMessage();
    assertTrue(wrong.startsWith("SPARK_HOME: there is no Spark in " + folder.resolve("jars")));
  }

  @Test
  void aJobBringsTheProgramsJarsAndNoneOfSparks() throws IOException {
    Path spark = jar("jars/spark-core.jar", "");
    Path program = jar("the program/anople-cli.jar", "library.jar missing.jar");
    Path library = jar("the program/library.jar", "");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    String classPath =
        String.join(
            File.pathSeparator,
            List.of(spark.toString(), program.toString(), classes.toString(), library.toString()));

    assertEquals(List.of(program, library), home().brought(classPath).toList());
    assertEquals(List.of(), TinyGrid.NO_HOME.brought(classPath).toList());
  }

  @Test
  void theInstallationsOwnSettingsAreRead() throws IOException {
    assertEquals(Map.of(), home().defaults());
    Path file = Files.createDirectory(folder.resolve("conf")).resolve("spark-defaults.conf");
    Files.writeString(file, "# ours\nspark.executor.memory   4g \nspark.master=spark://a:7077\n");

    assertEquals(
        Map.of("spark.executor.memory", "4g", "spark.master", "spark://a:7077"), home().defaults());
    SparkHome elsewhere = new SparkHome(Optional.of(folder), Optional.of(folder.resolve("none")));
    assertEquals(Map.of(), elsewhere.defaults());
  }

  @Test
  void settingsThatCannotBeReadAreNamed() throws IOException {
    Path file = Files.createDirectory(folder.resolve("conf")).resolve("spark-defaults.conf");
    Files.writeString(file, "spark.app.name \\u00zz\n");

    InputException fault = assertThrows(InputException.class, () -> home().defaults());

    assertEquals(file.toString(), fault.where());
  }

  @Test
  void theLauncherOpensWhatSparkSaysItNeeds() throws IOException {
    List<String> opened =
        Files.readAllLines(Fixtures.checkout("anople-cli/src/main/launcher/lib/spark.options"));

    List<String> missing =
        Stream.of(JavaModuleOptions.defaultModuleOptions().split("\\s+"))
            .filter(option -> option.startsWith("--add-opens"))
            .filter(option -> !opened.contains(option))
            .toList();
    assertEquals(List.of(), missing);
  }
}
