package io.github.anople.lab.pretrain.trunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.TrunkWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertTrunkTest {

  @TempDir Path folder;

  @Test
  void anotherFileIsRefusedWithWhatItIs() throws IOException {
    Path file = Files.write(folder.resolve("short.data"), new byte[1000]);
    InputException tooShort = assertThrows(InputException.class, () -> ConvertTrunk.weights(file));
    assertTrue(tooShort.problem().startsWith("has 1000 bytes"), tooShort.getMessage());
    Files.write(file, new byte[10_000_000]);
    InputException other = assertThrows(InputException.class, () -> ConvertTrunk.weights(file));
    assertTrue(other.problem().contains("SHA-256"), other.getMessage());
  }

  /** The property {@code anople.objectron} names the published file, which is not ours to keep. */
  @Test
  void thePublishedFileGivesTheShippedWeightsToTheBit() {
    String published = System.getProperty("anople.objectron", "");
    assumeTrue(!published.isBlank(), "skipped: -Danople.objectron names no published file");
    Map<String, FloatTensor> weights = ConvertTrunk.weights(Path.of(published));
    TrunkWeights shipped = TrunkWeights.read();
    weights.forEach(
        (name, tensor) -> {
          assertEquals(shipped.get(name).shape(), tensor.shape(), name);
          assertArrayEquals(shipped.get(name).values(), tensor.values(), name);
        });
    Path file = folder.resolve("trunk.safetensors");
    ConvertTrunk.write(file, DType.F16, weights);
    assertEquals(shipped.sha256(), Sha256.of(file));
  }
}
