package io.github.anople.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.ImageEncoder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionFilesTest {

  @TempDir Path folder;

  private static BufferedImage mask(int type, Color colour) {
    BufferedImage image = new BufferedImage(64, 32, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(16, 8, 16, 16);
    graphics.dispose();
    return image;
  }

  private Path text(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json);
  }

  private static Region ignored(Path file) {
    return RegionFiles.read(Optional.of(file), Optional.empty()).orElseThrow();
  }

  @Test
  void aMaskAndThePolygonOfItsBorderAgreeWhateverTheyAreCalled() throws IOException {
    Path json =
        text("region.png", "  {\"ignore\": [[[0.25,0.25],[0.5,0.25],[0.5,0.75],[0.25,0.75]]]}");
    Path white =
        SyntheticParts.write(
            folder.resolve("a.json"), mask(BufferedImage.TYPE_BYTE_BINARY, Color.WHITE));
    Path faint =
        SyntheticParts.write(
            folder.resolve("b.png"), mask(BufferedImage.TYPE_INT_RGB, new Color(0, 0, 1)));
    Path lossy =
        Files.write(
            folder.resolve("c.jpg"),
            ImageEncoder.jpeg(mask(BufferedImage.TYPE_INT_RGB, Color.WHITE), 0.7f));
    for (int size : new int[] {32, 64, 240}) {
      boolean[] expected = ignored(json).counted(size, 2 * size);
      assertArrayEquals(expected, ignored(white).counted(size, 2 * size));
      assertArrayEquals(expected, ignored(faint).counted(size, 2 * size));
      assertArrayEquals(expected, ignored(lossy).counted(size, 2 * size));
    }
  }

  @Test
  void whatIsLookedAtIsTheOtherWayRound() {
    Path file =
        SyntheticParts.write(
            folder.resolve("mask.png"), mask(BufferedImage.TYPE_BYTE_GRAY, Color.GRAY));
    boolean[] ignored = ignored(file).counted(40, 40);
    boolean[] looked =
        RegionFiles.read(Optional.empty(), Optional.of(file)).orElseThrow().counted(40, 40);
    for (int i = 0; i < ignored.length; i++) {
      assertEquals(ignored[i], !looked[i]);
    }
    assertTrue(RegionFiles.read(Optional.empty(), Optional.empty()).isEmpty());
  }

  @Test
  void bothTogetherMayNotLeaveNothing() throws IOException {
    Path left = text("left.json", "{\"look_at\": [[[0,0],[0.5,0],[0.5,1],[0,1]]]}");
    Path same = text("same.json", "{\"ignore\": [[[0,0],[0.6,0],[0.6,1],[0,1]]]}");
    Path top = text("top.json", "{\"ignore\": [[[0,0],[1,0],[1,0.5],[0,0.5]]]}");
    assertThrows(
        InputException.class, () -> RegionFiles.read(Optional.of(same), Optional.of(left)));
    Region both = RegionFiles.read(Optional.of(top), Optional.of(left)).orElseThrow();
    assertArrayEquals(new boolean[] {false, false, true, false}, both.counted(2, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"look_at\": [[[0,0],[0.5,0],[0.5,1],[0,1]]]}",
        "{\"ignore\": [[[0,0],[1,0],[1,1],[0,1]]]}",
        "{\"ignore\": [[[0,0],[0.0001,0],[0.0001,0.0001],[0,0.0001]]]}",
        "{\"ignore\": []}",
        "{ignore",
        "[[[0,0],[0.5,0],[0.5,1],[0,1]]]",
        "GIF89a"
      })
  void whatIgnoresNothingOrEverythingOrIsMeantOtherwiseIsRefused(String content)
      throws IOException {
    Path file = text("odd", content);
    InputException fault = assertThrows(InputException.class, () -> ignored(file));
    assertTrue(fault.getMessage().startsWith(file.toString()), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count());
  }

  @Test
  void anEmptyMaskAndOneWithoutAPixelLeftAreRefused() {
    Path black =
        SyntheticParts.write(
            folder.resolve("black.png"), new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 20, 20);
    graphics.dispose();
    Path white = SyntheticParts.write(folder.resolve("white.png"), image);
    assertThrows(InputException.class, () -> ignored(black));
    assertThrows(InputException.class, () -> ignored(white));
    assertThrows(
        InputException.class, () -> RegionFiles.read(Optional.empty(), Optional.of(black)));
    assertThrows(
        InputException.class, () -> RegionFiles.read(Optional.empty(), Optional.of(white)));
  }
}
