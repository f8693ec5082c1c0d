package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.DetectorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DemoCommandTest {

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

  /** One product of three; DemoIT in dist runs all of it. */
  @Test
  void aDemoDrawsLearnsTestsAndTellsWhatToDoNext() throws IOException {
    Path folder = home.resolve("demo");

    CommandRun run =
        CommandRun.of("demo", "--output", folder.toString(), "--epochs", "1", "--products", "1");

    assertEquals(0, run.code(), run.err());
    Path detector = folder.resolve("blister_pack.anople");
    assertEquals(1, DetectorBundle.read(detector).provenance().shots().size());
    Path results = folder.resolve("results").resolve("blister_pack");
    assertEquals(13, Files.readAllLines(results.resolve("scores.csv")).size());
    assertTrue(Files.isRegularFile(results.resolve("images/blister_pack/good/000.png")));
    assertTrue(run.err().contains("blister_pack: learning, 1 epoch"), run.err());
    assertTrue(run.err().contains("blister_pack: image AUROC "), run.err());
    assertTrue(run.out().contains("  blister_pack "), run.out());
    assertTrue(run.out().contains("14 pictures of 1 products were drawn (seed 0)"), run.out());
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
    assertFalse(help.contains("--epochs") || help.contains("--products"), help);
  }
}
