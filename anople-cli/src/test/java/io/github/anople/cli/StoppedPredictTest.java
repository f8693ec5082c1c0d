package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.ChildJvm;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command is asked to end while it scores, at moments drawn by lot: each picture is done, with
 * all its files and a row, or not begun. {@code -Danople.stops=50} tries more often.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
class StoppedPredictTest {

  private static final int TRIES = Integer.getInteger("anople.stops", 1);
  private static final int PICTURES = 1_000;
  private static final int TERMINATED = 143;
  private static final int LATEST_MILLIS = 200;
  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir static Path folder;

  private static Path pictures;

  private final SplittableRandom random = new SplittableRandom();

  @BeforeAll
  static void train() throws IOException {
    SyntheticParts.writeGood(folder.resolve("good"), 2);
    String detector = folder.resolve("parts.anople").toString();
    CommandRun trained =
        CommandRun.of(
            "train --name washer --backbone %s --epochs 1 --normal %s --output %s"
                .formatted(TINY, folder.resolve("good"), detector)
                .split(" ", -1));
    assertEquals(0, trained.code(), trained.err());
    String graph = folder.resolve("parts.onnx").toString();
    CommandRun exported = CommandRun.of("export", detector, "--backbone", TINY, "--output", graph);
    assertEquals(0, exported.code(), exported.err());
    pictures = Files.createDirectory(folder.resolve("pictures"));
    Path one = SyntheticParts.write(folder.resolve("one.png"), SyntheticParts.scratched(3));
    for (int i = 0; i < PICTURES; i++) {
      Files.createLink(pictures.resolve("%04d.png".formatted(i)), one);
    }
  }

  @ParameterizedTest
  @CsvSource({"parts.onnx, false", "parts.onnx, true", "parts.anople, false", "parts.anople, true"})
  void whatIsBegunIsFinished(String detector, boolean watch) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      Path results = folder.resolve("results-" + detector + watch + i);
      Process process = start(detector, watch, results);
      int after = random.nextInt(LATEST_MILLIS);
      String what = detector + (watch ? ", watching" : "") + ", asked after " + after + " ms";
      List<String> lines = new ArrayList<>();
      try (BufferedReader words = process.inputReader()) {
        String line = words.readLine();
        while (line != null && !isScored(line)) {
          lines.add(line);
          line = words.readLine();
        }
        assertNotNull(line, () -> String.join("\n", lines));
        lines.add(line);
        Thread.sleep(after);
        process.toHandle().destroy(); // The process itself would close its words, too.
        words.lines().forEach(lines::add);
      }
      String said = String.join("\n", lines);
      assertEquals(TERMINATED, process.waitFor(), () -> what + ": " + said);
      requireWhole(
          results, (int) lines.stream().filter(StoppedPredictTest::isScored).count(), what);
      assertFalse(said.contains("fault"), said);
      if (watch) {
        assertEquals(
            rows(results), Files.readAllLines(results.resolve("journal.jsonl")).size() - 1);
      }
    }
  }

  private static boolean isScored(String line) {
    return line.startsWith("0.") && line.endsWith(".png");
  }

  private static int rows(Path results) throws IOException {
    return Files.readAllLines(results.resolve("scores.csv")).size() - 1;
  }

  private static void requireWhole(Path results, int told, String what) throws IOException {
    assertTrue(told > 0 && told < PICTURES, () -> what + ": " + told + " scored");
    assertEquals(told, rows(results), what);
    for (String kind : List.of("images", "maps")) {
      try (Stream<Path> files = Files.list(results.resolve(kind))) {
        assertEquals(told, files.count(), () -> what + ": " + kind);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(file -> file.toString().contains("hs_err")).toList());
    }
  }

  private static Process start(String detector, boolean watch, Path results) throws IOException {
    List<String> command =
        ChildJvm.command(
            folder,
            Main.class,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
    command.addAll(List.of("predict", folder.resolve(detector).toString()));
    if (watch) {
      command.add("--watch");
    }
    command.addAll(List.of(pictures.toString(), "--output", results.toString()));
    if (detector.endsWith(".anople")) {
      command.addAll(List.of("--backbone", TINY));
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
