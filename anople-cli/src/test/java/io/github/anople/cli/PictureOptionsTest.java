package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How pictures are read, as a person asks for it. */
class PictureOptionsTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private Path first;
  private Path second;

  /** Grey of 12 bits in the low end of 16. */
  @BeforeEach
  void draw() throws IOException {
    BufferedImage grey = new BufferedImage(20, 10, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 200; i++) {
      grey.getRaster().setSample(i % 20, i / 20, 0, 20 * i);
    }
    first = folder.resolve("1.png");
    second = folder.resolve("2.png");
    ImageIO.write(grey, "png", first.toFile());
    ImageIO.write(grey, "png", second.toFile());
  }

  private int embed(String... options) {
    String[] usual = {
      "backbone", "embed", "--backbone", TINY, "--image", first.toString(), "--image", "" + second
    };
    String[] all = new String[usual.length + options.length];
    System.arraycopy(usual, 0, all, 0, usual.length);
    System.arraycopy(options, 0, all, usual.length, options.length);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), all);
  }

  @Test
  void aLimitThatIsHitNamesTheOptionThatRaisesIt() {
    assertEquals(1, embed("--max-pixels", "199"));
    assertTrue(err.toString().contains("20 x 10 pixels, and at most 199"), err::toString);
    assertTrue(err.toString().contains("(--max-pixels N raises it)"), err::toString);
    assertEquals(0, embed("--max-pixels", "200", "--max-file-mb", "1"));
  }

  @Test
  void darkPicturesAreNotedOnceAndCountedUnlessTheirDepthIsSaid() {
    assertEquals(0, embed());
    String said = err.toString();
    assertEquals(said.indexOf("fits in 12 bits"), said.lastIndexOf("fits in 12 bits"), said);
    assertTrue(said.contains("1.png has 16-bit samples"), said);
    assertTrue(said.contains("(--bit-depth N says how many bits there are)"), said);
    assertTrue(said.contains("2 pictures have a note of kind bit-depth"), said);
    assertEquals(0, embed("--bit-depth", "12"));
    assertTrue(!err.toString().contains("note"), err::toString);
    assertEquals(1, embed("--bit-depth", "10"));
    assertTrue(err.toString().contains("(--bit-depth N says it)"), err::toString);
  }

  @Test
  void optionsOutOfRangeAreWrongUsage() {
    for (String[] bad :
        new String[][] {
          {"--bit-depth", "7"},
          {"--bit-depth", "x"},
          {"--max-pixels", "0"},
          {"--max-file-mb", "9999"}
        }) {
      assertEquals(2, embed(bad), String.join(" ", bad));
      assertTrue(err.toString().contains(bad[0]), err::toString);
    }
    assertTrue(err.toString().contains("9999 is out of range; choose 1 to 2000"), err::toString);
  }
}
