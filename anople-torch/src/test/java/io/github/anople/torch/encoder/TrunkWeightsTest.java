package io.github.anople.torch.encoder;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkWeightsTest {

  @Test
  void theCardAndTheNoticeTellOfTheseWeights() throws IOException {
    String sha256 = TrunkWeights.read().sha256();
    for (String file : new String[] {"NOTICE", "docs/trunk.md"}) {
      assertTrue(Files.readString(Fixtures.checkout(file)).contains(sha256), file);
    }
  }

  /** Other jars on the class path have files of that name, too. */
  @ParameterizedTest
  @ValueSource(strings = {"LICENSE", "NOTICE"})
  void theJarHoldsTheLicenceAndTheNoticeOfTheCheckout(String file) throws IOException {
    List<String> held = new ArrayList<>();
    ClassLoader loader = TrunkWeights.class.getClassLoader();
    for (URL found : Collections.list(loader.getResources("META-INF/" + file))) {
      try (InputStream in = found.openStream()) {
        held.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertTrue(held.contains(Files.readString(Fixtures.checkout(file))), held.size() + " others");
  }

  @Test
  void aNameThatIsNotThereIsRefused() {
    TrunkWeights weights = TrunkWeights.read();
    assertThrows(IllegalArgumentException.class, () -> weights.get("0.expand.weight"));
  }
}
