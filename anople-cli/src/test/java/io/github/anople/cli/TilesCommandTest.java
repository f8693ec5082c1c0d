package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles by the command. */
class TilesCommandTest {

  @TempDir Path folder;

  private static BufferedImage strip(int shift) {
    BufferedImage image = new BufferedImage(2000, 120, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(100 + 3 * i, 230 - 4 * i, 90 + 2 * i));
      graphics.fillRect(50 * i + shift, 20, 30, 80);
    }
    graphics.dispose();
    return image;
  }

  private CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--backbone", Fixtures.golden("tiny_clip").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun train(String... more) {
    SyntheticParts.write(folder.resolve("good/a.png"), strip(0));
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--normal",
                folder.resolve("good").toString(),
                "--name",
                "strip",
                "--epochs",
                "1",
                "--preset",
                "mvtec",
                "--target-false-alarm",
                "none",
                "--output",
                folder.resolve("strip.anople").toString()));
    args.addAll(List.of(more));
    CommandRun trained = run(args.toArray(String[]::new));
    assertEquals(0, trained.code(), trained::err);
    return trained;
  }

  @Test
  void aLongPictureIsSeenInTilesByEveryCommand() throws IOException {
    CommandRun trained = train("--tile-size", "120", "--tile-overlap", "0.2");
    assertTrue(trained.err().contains("of tiles, at most 65536 of each encoder"), trained::err);
    assertFalse(trained.err().contains("--tile-size"), "nobody is told what he knows");
    Path picture = SyntheticParts.write(folder.resolve("new/b.png"), strip(3));
    CommandRun predicted =
        run(
            "predict",
            folder.resolve("strip.anople").toString(),
            picture.toString(),
            "--output",
            folder.resolve("out").toString());
    assertEquals(0, predicted.code(), predicted::err);
    BufferedImage map;
    try (Stream<Path> maps = Files.walk(folder.resolve("out/maps"))) {
      map = ImageIO.read(maps.filter(Files::isRegularFile).findFirst().orElseThrow().toFile());
    }
    assertEquals(2000.0 / 120, (double) map.getWidth() / map.getHeight(), 0.3);
  }

  @Test
  void trainSaysWhereSmallDefectsAreLostAndNamesTheOption() {
    CommandRun trained = train();
    assertTrue(trained.err().contains("has 2000 x 120 pixels"), trained::err);
    assertTrue(trained.err().contains("(--tile-size, or a grid by --tiles)"), trained::err);
  }

  @Test
  void nonsenseIsRefusedInOneLine() {
    for (String[] wrong :
        new String[][] {
          {"--tiles", "3"},
          {"--tiles", "3x"},
          {"--tiles", "0x2"},
          {"--tiles", "1x1"},
          {"--tiles", "65x1"},
          {"--tiles", "3x2", "--tile-size", "480"},
          {"--tile-size", "0"},
          {"--tile-size", "-5"},
          {"--tile-size", "480", "--tile-memory", "place"},
          {"--tiles", "3x2", "--tile-memory", "here"},
          {"--tiles", "3x2", "--tile-overlap", "0.7"},
          {"--tiles", "3x2", "--tile-overlap", "NaN"},
          {"--tile-overlap", "0.1"},
          {"--tile-memory", "place"},
        }) {
      List<String> args = new ArrayList<>(List.of("train", "--print-config"));
      args.addAll(List.of(wrong));
      CommandRun run = CommandRun.of(args.toArray(String[]::new));
      assertTrue(run.code() == 2 || run.code() == 1, () -> String.join(" ", wrong));
      assertTrue(run.err().lines().findFirst().orElse("").contains("tile"), run::err);
    }
  }
}
