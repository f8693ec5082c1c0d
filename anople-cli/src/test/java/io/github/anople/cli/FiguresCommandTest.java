package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresCommandTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void drawDataSet() {
    Path one = folder.resolve("set/nut");
    SyntheticParts.writeGood(one.resolve("train/good"), 2);
    SyntheticParts.writeGood(one.resolve("test/good"), 1);
    SyntheticParts.write(one.resolve("test/bent/000.png"), SyntheticParts.scratched(1));
  }

  private static CommandRun run(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "figures",
                "--root",
                "parts=" + folder.resolve("set"),
                "--backbone",
                Fixtures.golden("tiny_clip").toString(),
                "--compute",
                "fp32",
                "--set",
                "optimizer.epochs=1",
                "--output",
                folder.resolve("out").toString()));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void figuresAreDrawnAndListed() throws Exception {
    CommandRun run = run("3", "12", "--json");

    assertEquals(0, run.code(), run.err());
    JsonNode figures = new JsonMapper().readTree(run.out()).path("figures");
    assertEquals(2, figures.size(), run.out());
    assertEquals(12, figures.get(1).path("figure").intValue());
    assertTrue(
        figures.get(0).path("caption").textValue().contains("anople, patchcore and winclip"),
        run.out());
    for (JsonNode figure : figures) {
      for (JsonNode file : figure.path("files")) {
        assertTrue(Files.size(Path.of(file.textValue())) > 0, file::textValue);
      }
    }
    assertTrue(run.err().contains("training anople"), run.err());

    CommandRun again = run("12", "--quiet");

    assertEquals(0, again.code(), again.err());
    assertEquals("", again.err());
    assertEquals(folder.resolve("out/figure12.svg").toString(), again.out().strip());
  }

  @Test
  void oneFigureThatCannotBeDrawnDoesNotStopTheOthers() {
    CommandRun run = run("10", "3", "--variant", "winclip");

    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("anople: figure 10: "), run.err());
    assertTrue(run.out().contains("figure3.svg"), run.out());
    assertFalse(Files.exists(folder.resolve("out/figure10.svg")));
  }

  @Test
  void wrongUsageIsTold() {
    CommandRun.of("figures").wrongUsage("FIGURE");
    run("4").wrongUsage("'4' is none of the figures 3, 8, 9, 10, 11 and 12");
    run("3", "--images", "0").inputFault("pictures of each category", "0 is out of range");
    CommandRun.of("figures", "3").wrongUsage("--root", "is missing");
  }
}
