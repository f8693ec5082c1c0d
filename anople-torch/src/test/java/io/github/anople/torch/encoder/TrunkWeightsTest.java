package io.github.anople.torch.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class TrunkWeightsTest {

  @Test
  void theCardAndTheNoticeTellOfTheseWeights() throws IOException {
    String sha256 = TrunkWeights.read().sha256();
    for (String file : new String[] {"NOTICE", "docs/trunk.md"}) {
      assertTrue(Files.readString(Fixtures.checkout(file)).contains(sha256), file);
    }
  }

  @Test
  void theJarHoldsTheNoticeOfTheCheckout() throws IOException {
    try (InputStream in = TrunkWeights.class.getResourceAsStream("/META-INF/NOTICE")) {
      assertEquals(
          Files.readString(Fixtures.checkout("NOTICE")),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aNameThatIsNotThereIsRefused() {
    TrunkWeights weights = TrunkWeights.read();
    assertThrows(IllegalArgumentException.class, () -> weights.get("0.expand.weight"));
  }
}
