package io.github.anople.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DetectorBundleFuzzTest {

  private static final long SEED = 20261130;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void aDamagedDetectorIsReadOrRefusedInOneLine() throws IOException {
    Path file = folder.resolve("parts.anople");
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      TinyTraining.train(backbone, TinyTraining.config().with("optimizer.epochs", "1"), folder)
          .write(file);
    }
    byte[] good = Files.readAllBytes(file);
    int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    Random random = new Random(SEED);
    int all = Fuzz.times("detector", 500);
    int refused = 0;
    for (int i = 0; i < all; i++) {
      Files.write(file, mutated(good, header, random));
      try {
        TrainingConfig.parse(DetectorBundle.read(file).configuration(), "parts.anople");
      } catch (InputException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + i + " of seed " + SEED, e);
      }
    }
    assertTrue(refused > all / 4, refused + " of " + all + " refused");
  }

  private static byte[] mutated(byte[] good, int header, Random random) {
    byte[] bytes = good.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(header);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "{}[]\",:0123456789-eE.\\ntf".charAt(random.nextInt(25));
        default ->
            System.arraycopy(good, random.nextInt(header), bytes, at, random.nextInt(header - at));
      }
    }
    return bytes;
  }
}
