package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.cli.ScriptBox.Ended;
import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./anople} in a small checkout, with stand-ins for Maven and Java. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "./anople is a shell script")
class CheckoutScriptTest {

  private static final FileTime OLD = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
  private static final FileTime BUILT = FileTime.from(Instant.parse("2021-01-01T00:00:00Z"));
  private static final FileTime PULLED = FileTime.from(Instant.parse("2022-01-01T00:00:00Z"));
  private static final String PROGRAM = "anople-cli/target/lib/anople-cli.jar";
  private static final String BENCHES = "lab/speed/target/anople-bench.jar";

  @TempDir Path temporary;
  private Path checkout;
  private Path calls;
  private ScriptBox box;

  @BeforeEach
  void cloned() throws IOException {
    checkout = Files.createDirectory(temporary.resolve("a check out")).toRealPath();
    copy("anople");
    copy("anople-cli/src/main/launcher/anople");
    for (String file :
        List.of(
            "pom.xml",
            "anople-core/pom.xml",
            "anople-core/src/main/java/Core.java",
            "anople-core/src/main/resources/words.txt",
            "anople-core/src/test/java/CoreTest.java",
            "anople-core/target/classes/Core.class",
            "anople-cli/pom.xml",
            "lab/speed/pom.xml",
            "lab/speed/src/main/java/Bench.java",
            "docs/page.md")) {
      written(file);
    }
    calls = temporary.resolve("calls.txt");
    Stream<String> ownTools = Stream.of("bash", "env", "find", "mktemp", "rm", "touch", "mkdir");
    box =
        new ScriptBox(
            Files.createDirectory(temporary.resolve("box")),
            Stream.concat(ScriptBox.TOOLS.stream(), ownTools).toList());
    box.with("JAVA_HOME", box.java("java", "17.0.1").toString());
    maven("exit 0");
    aged(OLD);
  }

  private void copy(String file) throws IOException {
    Path copied = checkout.resolve(file);
    Files.createDirectories(copied.getParent());
    Files.copy(Fixtures.checkout(file), copied);
    assertTrue(copied.toFile().setExecutable(true));
  }

  private void written(String file) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
  }

  private void built(String jar) throws IOException {
    written(jar);
    Files.setLastModifiedTime(checkout.resolve(jar), BUILT);
  }

  private void changed(String file) throws IOException {
    Files.setLastModifiedTime(checkout.resolve(file), PULLED);
  }

  private void aged(FileTime time) throws IOException {
    try (Stream<Path> all = Files.walk(checkout)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, time);
      }
    }
  }

  /** Maven, which notes how it was called, makes both jars, and then does something more. */
  private void maven(String more) throws IOException {
    box.standIn(
        "mvn",
        "echo \"$@\" >> '" + calls + "'",
        "mkdir -p anople-cli/target/lib lab/speed/target",
        "touch " + PROGRAM + " " + BENCHES,
        more);
  }

  private List<String> calls() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private Ended run(String... arguments) {
    return box.run(temporary, checkout.resolve("anople"), arguments);
  }

  @Test
  void theFirstCallBuildsAndTheSecondDoesNot() throws IOException {
    Ended first = run("demo");
    Ended second = run("demo");

    assertEquals(0, first.code(), first.err());
    assertEquals(
        "anople: the program is not built, or sources are newer: building, which takes a few"
            + " minutes\n",
        first.err());
    assertEquals(0, second.code(), second.err());
    assertEquals("", second.err());
    assertEquals(List.of("-q -B -DskipTests -pl anople-cli -am package"), calls());
    assertEquals(first.out(), second.out());
    assertTrue(
        first.out().contains(checkout.resolve(PROGRAM) + "\n" + Main.class.getName() + "\ndemo\n"),
        first.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "anople-core/pom.xml",
        "anople-core/src/main/java/Core.java",
        "anople-core/src/main/resources/words.txt"
      })
  void aSourceThatIsNewerThanTheProgramIsBuilt(String file) throws IOException {
    built(PROGRAM);
    changed(file);

    assertEquals(0, run("demo").code());

    assertEquals(1, calls().size());
  }

  @Test
  void aSourceThatIsGoneIsNoticed() throws IOException {
    built(PROGRAM);
    Files.delete(checkout.resolve("anople-core/src/main/java/Core.java"));

    assertEquals(0, run("demo").code());

    assertEquals(1, calls().size());
  }

  @Test
  void testsDocumentsTheLabAndWhatIsBuiltDoNotCount() throws IOException {
    built(PROGRAM);
    changed("anople-core/src/test/java/CoreTest.java");
    changed("anople-core/target/classes/Core.class");
    changed("anople-core/target");
    changed("anople-core");
    changed("docs/page.md");
    changed("lab/speed/src/main/java/Bench.java");

    assertEquals(0, run("demo").code());

    assertEquals(List.of(), calls());
  }

  @Test
  void whatIsEditedWhileMavenRunsIsBuiltTheNextTime() throws IOException {
    maven("touch -t 209901010000 anople-core/src/main/java/Core.java");

    run("demo");
    run("demo");

    assertEquals(2, calls().size());
  }

  @Test
  void aBuildForACardStaysOne() throws IOException {
    written("anople-cli/target/build.options");
    Files.writeString(
        checkout.resolve("anople-cli/target/build.options"),
        "-Pgpu -Danople.platform.extension=-gpu\n");

    run("demo");

    assertEquals(
        List.of(
            "-q -B -DskipTests -Pgpu -Danople.platform.extension=-gpu -pl anople-cli -am package"),
        calls());
  }

  @Test
  void theBenchesAreBuiltOnRequestAndWhenTheirSourcesChange() throws IOException {
    Ended first = run("bench", "--only", "encode");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("io.github.anople.lab.speed.BenchMain\n--only\nencode\n"));
    assertTrue(first.out().contains(checkout.resolve(BENCHES) + ":"), first.out());
    assertEquals(List.of("-q -B -DskipTests -Plab -pl lab/speed -am package"), calls());

    run("bench");
    assertEquals(1, calls().size());

    built(BENCHES);
    changed("lab/speed/src/main/java/Bench.java");
    run("bench");
    assertEquals(2, calls().size());
  }

  @Test
  void aBenchsOwnCallsAreThoseOfTheCommand() throws IOException {
    built(PROGRAM);
    box.with("ANOPLE_MAIN_CLASS", "io.github.anople.lab.speed.BenchMain");

    Ended ended = run("predict");

    assertTrue(ended.out().contains(Main.class.getName() + "\npredict\n"), ended.out());
  }

  @Test
  void whereTheBuildFailsNothingIsStarted() throws IOException {
    built(PROGRAM);
    changed("pom.xml");
    maven("exit 3");

    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertEquals("", ended.out());
  }

  @Test
  void withoutMavenOneLineSaysWhatToDo() throws IOException {
    Files.delete(temporary.resolve("box/path/mvn"));

    Ended ended = run("demo");

    assertEquals(1, ended.code());
    assertEquals(
        "anople: PATH: no mvn is on it: install Maven 3.8 or newer to build the program",
        ended.err().lines().skip(1).findFirst().orElse(""));
    assertFalse(Files.exists(checkout.resolve(PROGRAM)));
  }
}
