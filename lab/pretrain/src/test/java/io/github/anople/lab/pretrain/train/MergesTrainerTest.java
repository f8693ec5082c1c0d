package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.clip.ClipTokenizer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergesTrainerTest {

  @Test
  void theMostFrequentPairComesFirstAndEqualOnesInAlphabeticalOrder() {
    assertEquals(
        List.of("a b</w>", "c d</w>", "a b", "ab s</w>"),
        MergesTrainer.merges(List.of("ab ab AB, cd cd", "cd xabs"), 4).stream().limit(4).toList());
  }

  @Test
  void mergesEndWhenEveryWordIsOneSymbol() {
    assertEquals(List.of("a b", "ab c</w>"), MergesTrainer.merges(List.of("abc"), 100));
    assertEquals(List.of(), MergesTrainer.merges(List.of("a, b; 17"), 100));
  }

  @Test
  void theTokenizerReadsThemAndMakesOneTokenOfALearnedWord() {
    List<String> merges = MergesTrainer.merges(List.of("a scratched gear", "a red gear"), 1000);
    String file = "#version\n" + String.join("\n", merges) + "\n";
    InputStream in = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    ClipTokenizer tokenizer = ClipTokenizer.read(in, "merges", MiniVocabulary.size(merges), 77);
    assertEquals(2 + 3, tokenizer.encode("A scratched gear").length);
    assertTrue(tokenizer.encode("zebra").length > 2 + 1, "an unknown word is spelled");
  }
}
