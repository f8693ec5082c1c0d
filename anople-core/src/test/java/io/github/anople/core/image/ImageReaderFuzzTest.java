package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged files of every format either give a picture or one line that says what is wrong. */
@Timeout(120)
class ImageReaderFuzzTest {

  private static final long SEED = 20260417;
  private static final int MUTANTS = Fuzz.times("pictures of each format", 150);
  private static final int FEW_MUTANTS = Fuzz.times("each drawn picture", 25);

  /** Headers lie at the beginning: damage there reaches further than damage of pixels. */
  private static final int HEADER = 120;

  private final ImageReader reader =
      new ImageReader(ImageReader.Options.defaults().withMaxPixels(1 << 20));

  @Test
  void damagedFilesGiveAnImageOrOneLine() {
    Random random = new Random(SEED);
    Map<String, byte[]> files = new TreeMap<>(ImageReaderTest.everyFormat());
    BufferedImage bits = new BufferedImage(40, 9, BufferedImage.TYPE_BYTE_BINARY);
    bits.getGraphics().drawLine(0, 0, 39, 8);
    for (String fax : new String[] {"CCITT RLE", "CCITT T.4", "CCITT T.6"}) {
      files.put(fax + ".tif", TestImages.tiff(bits, fax));
    }
    files.put(
        "rle.bmp",
        TestFiles.bmp(
            4, 2, 8, 1, new byte[1024], TestFiles.bytes(4, 1, 0, 0, 0, 3, 1, 2, 3, 0, 0, 1)));
    int refused = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      for (int i = 0; i < MUTANTS; i++) {
        byte[] mutant = mutate(file.getValue(), random);
        refused += read(mutant, file.getKey() + ", mutant " + i + " of seed " + SEED) ? 0 : 1;
      }
    }
    int all = files.size() * MUTANTS;
    assertTrue(refused > all / 4 && refused < all, refused + " of " + all + " refused");
  }

  @Test
  void drawnFilesThatAreDamagedGiveAnImageOrOneLineToo() {
    Random random = new Random(SEED);
    int refused = 0;
    int all = 0;
    for (DrawnFiles.Drawn drawn : DrawnFiles.all()) {
      for (int i = 0; i < FEW_MUTANTS; i++, all++) {
        byte[] mutant = mutate(drawn.bytes(), random);
        refused += read(mutant, drawn.name() + ", mutant " + i + " of seed " + SEED) ? 0 : 1;
      }
    }
    assertTrue(refused > all / 8 && refused < all, refused + " of " + all + " refused");
  }

  private boolean read(byte[] file, String which) {
    try {
      RgbImage image = reader.read(file, "mutant");
      assertTrue(image.width() > 0, which);
      return true;
    } catch (InputException e) {
      String message = e.getMessage();
      assertTrue(message.startsWith("mutant: ") && message.length() < 400, which + ": " + message);
      return false;
    } catch (RuntimeException | Error e) {
      return fail(which, e);
    }
  }

  private static byte[] mutate(byte[] file, Random random) {
    byte[] mutant = file.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int reach = random.nextBoolean() ? Math.min(HEADER, mutant.length) : mutant.length;
      int at = random.nextInt(reach);
      switch (random.nextInt(4)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        default ->
            Arrays.fill(mutant, at, Math.min(at + 4, mutant.length), (byte) random.nextInt(256));
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
  }
}
