package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.cli.ScriptBox.Ended;
import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {

  @TempDir Path temporary;
  private Path program;
  private ScriptBox box;

  @BeforeEach
  void unpack() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("a folder"));
    program = Files.createDirectory(folder.resolve("the program")).toRealPath();
    Path launcher = program.resolve("anople");
    Files.copy(Fixtures.checkout("anople-cli/src/main/launcher/anople"), launcher);
    assertTrue(launcher.toFile().setExecutable(true));
    box = new ScriptBox(folder, ScriptBox.TOOLS);
  }

  private Ended run(String... arguments) {
    return box.run(temporary, program.resolve("anople"), arguments);
  }

  @Test
  void javaIsStartedOnTheJarsBesideTheScript() throws IOException {
    box.with("JAVA_HOME", box.java("java home", "17.0.1").toString());

    Ended ended = run("predict", "two words", "*");

    assertEquals(0, ended.code(), ended.err());
    assertEquals(
        List.of(
            "@" + program.resolve("lib/java.options"),
            "-cp",
            program.resolve("lib/anople-cli.jar").toString(),
            Main.class.getName(),
            "predict",
            "two words",
            "*"),
        ended.out().lines().limit(7).toList());
  }

  private static List<String> until(String last, Ended ended) {
    return ended.out().lines().takeWhile(line -> !line.equals(last)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--spark", "--spark=local[*]"})
  void aBenchmarkOnSparkHasSparksJarsFirst(String option) throws IOException {
    box.with("JAVA_HOME", box.java("java", "17.0.1").toString())
        .with("SPARK_HOME", "/opt/a spark")
        .with("ANOPLE_JAVA_OPTS", "-Xmx1g");
    String program = this.program + "/lib/";

    Ended ended = run("benchmark", "table3", option, "local[*]");

    assertEquals(0, ended.code(), ended.err());
    assertEquals(
        List.of(
            "@" + program + "java.options",
            "@" + program + "spark.options",
            "-Xmx1g",
            "-cp",
            "/opt/a spark/jars/*:" + program + "anople-cli.jar",
            Main.class.getName(),
            "benchmark",
            "table3"),
        until(option, ended));
    box.with("HADOOP_CONF_DIR", "/etc/hadoop");
    assertTrue(
        run("benchmark", option).out().contains("\n/etc/hadoop:/opt/a spark/jars/*:"),
        "where YARN is");
  }

  @Test
  void nothingElseSeesSpark() throws IOException {
    box.with("JAVA_HOME", box.java("java", "17.0.1").toString());
    String without = run("benchmark", "--spark", "local").out();
    assertFalse(without.contains("spark.options") || without.contains("jars/*"), without);

    box.with("SPARK_HOME", "/opt/spark");
    for (String[] arguments :
        new String[][] {
          {"predict", "--spark"}, {"benchmark", "table3"}, {"benchmark", "--spark-conf", "a=b"}
        }) {
      String out = run(arguments).out();
      assertFalse(out.contains("spark.options") || out.contains("jars/*"), out);
    }
  }

  @Test
  void symbolicLinksLeadToTheProgram() throws IOException {
    box.with("JAVA_HOME", box.java("java", "17.0.1").toString());
    Path links = Files.createDirectory(temporary.resolve("some links"));
    Files.createSymbolicLink(links.resolve("absolute"), program.resolve("anople"));
    Files.createSymbolicLink(links.resolve("relative"), Path.of("../some links/absolute"));

    Ended ended = box.run(links, Path.of("./relative"), "--version");

    assertEquals(0, ended.code(), ended.err());
    assertTrue(
        ended.out().startsWith("@" + program.resolve("lib/java.options") + "\n"), ended.out());
  }

  @Test
  void withoutJavaOneLineSaysWhatToDo() {
    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertEquals(
        "anople: PATH: no java is on it: install a Java runtime of version 17 or newer, or set"
            + " JAVA_HOME to its folder\n",
        ended.err());
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() {
    box.with("JAVA_HOME", "/not/there");

    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertEquals(
        "anople: JAVA_HOME: /not/there has no bin/java: set it to the folder of a Java runtime of"
            + " version 17 or newer, or unset it\n",
        ended.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "9", "11.0.2", "16-ea"})
  void anOldJavaIsRefused(String version) throws IOException {
    Path java = box.java("java", version);
    box.with("JAVA_HOME", java.toString());

    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertEquals("", ended.out());
    assertEquals(
        "anople: %s/bin/java: is Java %s, and 17 or newer is needed: install one, or set JAVA_HOME"
                .formatted(java, version)
            + " to its folder\n",
        ended.err());
  }

  @Test
  void whatTheRuntimesReleaseFileSaysNeedsNoJavaToBeStarted() throws IOException {
    Path java = box.java("java", "17.0.1");
    Files.writeString(java.resolve("release"), "OS_NAME=\"Linux\"\nJAVA_VERSION=\"11.0.2\"\n");
    box.with("JAVA_HOME", java.toString());

    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertTrue(ended.err().contains("is Java 11.0.2, and 17"), ended.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17-ea", "17.0.1", "25.0.1"})
  void aJavaOnThePathOfVersion17OrNewerWillDo(String version) throws IOException {
    Path java = box.java("java", version).resolve("bin/java");
    box.standIn("java", "exec \"" + java + "\" \"$@\"");

    Ended ended = run("demo");

    assertEquals(0, ended.code(), ended.err());
    assertEquals("", ended.err());
  }

  @Test
  void aJavaThatSaysNothingIsRefused() throws IOException {
    box.standIn("java", "echo 'install me first' >&2", "exit 1");

    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertTrue(ended.err().contains("does not say which version of Java it is"), ended.err());
  }

  @Test
  void theAllocatorAndTheLocaleAreSetWhereTheUserHasNot() throws IOException {
    box.with("JAVA_HOME", box.java("java", "17.0.1").toString()).with("LC_ALL", "C");
    assertTrue(run("demo").out().endsWith("variables: 268435456 C.UTF-8 \n"), run("demo").out());

    box.with("MALLOC_TOP_PAD_", "7").with("LC_ALL", "C.UTF-8");
    assertTrue(run("demo").out().endsWith("variables: 7 C.UTF-8 \n"), run("demo").out());
  }

  @Test
  void optionsForJavaAreSplitAtSpacesAndStandForNoFiles() throws IOException {
    box.with("JAVA_HOME", box.java("java", "17.0.1").toString())
        .with("ANOPLE_JAVA_OPTS", "-Xmx1g -Dfiles=* /*");

    Ended ended = run("demo");

    assertEquals(
        List.of("-Xmx1g", "-Dfiles=*", "/*", "-cp"), ended.out().lines().skip(1).limit(4).toList());
  }
}
