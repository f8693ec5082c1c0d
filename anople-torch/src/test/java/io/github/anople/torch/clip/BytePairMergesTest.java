package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePairMergesTest {

  private final List<String> lines = lines();
  private final BytePairMerges merges =
      new MergesReader(
              new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
              "merges")
          .read(lines.size() - 1);

  private static List<String> lines() {
    try {
      return Files.readAllLines(Fixtures.golden("tiny_clip/merges.txt"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theQueueMergesAsTheTextbookLoopDoes() {
    Map<String, Integer> ids = ids();
    long seed = 7;
    System.out.println("BytePairMergesTest seed " + seed);
    Random random = new Random(seed);
    String letters = "aabcdeeilmnoprst";
    for (int round = 0; round < 2000; round++) {
      StringBuilder word = new StringBuilder();
      for (int length = 1 + random.nextInt(30); length > 0; length--) {
        word.append(letters.charAt(random.nextInt(letters.length())));
      }
      String text = word.toString();
      int[] expected = textbook(text).stream().mapToInt(ids::get).toArray();
      assertArrayEquals(expected, merges.encode(text.getBytes(StandardCharsets.UTF_8)), () -> text);
    }
  }

  @Test
  void everyByteHasASymbolOfItsOwn() {
    boolean[] seen = new boolean[512];
    for (int b = 0; b < 256; b++) {
      int[] inside = merges.encode(new byte[] {(byte) b, '!'});
      int[] last = merges.encode(new byte[] {(byte) b});
      assertEquals(inside[0] + 256, last[0]);
      seen[inside[0]] = true;
      seen[last[0]] = true;
    }
    for (boolean one : seen) {
      assertEquals(true, one);
    }
  }

  /** The oracle's definition: byte symbols in the order of the golden README, then the merges. */
  private Map<String, Integer> ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (String end : List.of("", "</w>")) {
      for (int code = 33; code < 324; code++) {
        if (code < 127 || (code > 160 && code != 173)) {
          ids.put((char) code + end, ids.size());
        }
      }
    }
    for (String line : lines.subList(1, lines.size())) {
      ids.put(line.replace(" ", ""), ids.size());
    }
    return ids;
  }

  /** Find the best-ranked pair, merge all its occurrences, repeat: slow and plain. */
  private List<String> textbook(String text) {
    List<String> word = new ArrayList<>(List.of(text.split("")));
    word.set(word.size() - 1, word.get(word.size() - 1) + "</w>");
    for (int best; (best = best(word)) < Integer.MAX_VALUE; ) {
      for (int i = 0; i + 1 < word.size(); i++) {
        if (lines.get(best).equals(word.get(i) + " " + word.get(i + 1))) {
          word.set(i, word.get(i) + word.remove(i + 1));
        }
      }
    }
    return word;
  }

  private int best(List<String> word) {
    int best = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < word.size(); i++) {
      int line = lines.indexOf(word.get(i) + " " + word.get(i + 1));
      best = line > 0 ? Math.min(best, line) : best;
    }
    return best;
  }
}
