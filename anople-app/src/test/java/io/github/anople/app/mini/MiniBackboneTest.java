package io.github.anople.app.mini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.torch.backbone.Backbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniBackboneTest {

  @TempDir private Path home;

  /** Also fails when new weights were put in without {@code sha256sum * > SHA256SUMS}. */
  @Test
  void oneCallGivesItsFilesInTheUsersCache() throws IOException {
    String userHome = System.setProperty("user.home", home.toString());
    Backbone backbone;
    try {
      backbone = MiniBackbone.open();
      assertEquals(backbone, MiniBackbone.open());
    } finally {
      System.setProperty("user.home", userHome);
    }

    String digits = MiniBackbone.builtIn().sha256().substring(0, 12);
    assertEquals(home.resolve(".cache/anople/builtin/mini-" + digits), backbone.directory());
    assertTrue(backbone.config().isPresent());
    assertEquals("merges.txt", backbone.vocabulary().getFileName().toString());
  }

  @Test
  void itIsSmallAndKeepsThePapersGrid() throws IOException {
    Backbone backbone = MiniBackbone.builtIn().unpack(home);
    assertTrue(Files.size(backbone.weights()) < 13_000_000);
    try (SafetensorsFile weights = SafetensorsFile.open(backbone.weights())) {
      assertEquals(15 * 15 + 1, weights.info("visual.positional_embedding").shape().get(0));
    }
  }
}
