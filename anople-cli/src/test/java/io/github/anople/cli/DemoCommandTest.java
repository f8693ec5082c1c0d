package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.DetectorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DemoCommandTest {

  private static final List<String> PRODUCTS =
      List.of("blister_pack", "woven_label", "circuit_board", "pressure_gauge");

  @TempDir Path home;
  private String userHome;

  @BeforeEach
  void moveHome() {
    userHome = System.setProperty("user.home", home.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty("user.home", userHome);
  }

  @Test
  void aDemoDrawsLearnsTestsAndTellsWhatToDoNext() throws IOException {
    Path folder = home.resolve("demo");

    CommandRun run = CommandRun.of("demo", "--output", folder.toString(), "--epochs", "1");

    assertEquals(0, run.code(), run.err());
    for (String product : PRODUCTS) {
      Path detector = folder.resolve(product + ".anople");
      assertEquals(1, DetectorBundle.read(detector).provenance().shots().size());
      Path results = folder.resolve("results").resolve(product);
      assertEquals(13, Files.readAllLines(results.resolve("scores.csv")).size());
      assertTrue(Files.isRegularFile(results.resolve("images/" + product + "/good/000.png")));
      assertTrue(run.err().contains(product + ": learning, 1 epoch"), run.err());
      assertTrue(run.err().contains(product + ": image AUROC "), run.err());
    }
    for (String product : PRODUCTS.subList(0, 3)) {
      assertTrue(run.out().contains("  " + product), run.out());
    }
    assertTrue(
        run.err().indexOf("blister_pack: image AUROC ")
            < run.err().indexOf("woven_label: learning"),
        "the first outcome is told before the second product is learned");
    Path remembering = folder.resolve("pressure_gauge_4_shots.anople");
    assertEquals(4, DetectorBundle.read(remembering).provenance().shots().size());
    assertTrue(run.out().contains("  4 pictures "), run.out());
    assertTrue(run.out().contains("58 pictures of 4 products were drawn (seed 0)"), run.out());
    assertTrue(run.out().contains("image AUROC"), run.out());
    assertTrue(run.out().contains("refused, and the rest continues: "), run.out());
    assertTrue(run.out().contains("delivery_note.txt: "), run.out());
    assertTrue(run.out().contains("covered_lens.png: "), run.out());
    assertTrue(run.out().contains("seaside.png: "), run.out());
    assertTrue(run.out().contains("./anople train --normal good/"), run.out());
  }

  @Test
  void aFolderOfSomebodyElseIsRefused() throws IOException {
    Path folder = Files.createDirectories(home.resolve("mine"));
    Files.writeString(folder.resolve("notes.txt"), "mine");

    CommandRun.of("demo", "--output", folder.toString(), "--epochs", "1")
        .inputFault(folder + ": is not empty", "--output");

    assertFalse(Files.exists(folder.resolve("pictures")));
  }

  @Test
  void theShortenedTrainingIsNobodysBusiness() {
    String help = CommandRun.of("demo", "--help").done().out();
    assertTrue(help.contains("--output") && help.contains("--seed") && help.contains("--open"));
    assertFalse(help.contains("--epochs"), help);
  }
}
