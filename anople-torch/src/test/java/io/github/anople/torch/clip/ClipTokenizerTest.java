package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClipTokenizerTest {

  private final ClipTokenizer tiny = tiny();

  private static JsonNode json(String file) {
    try {
      return new ObjectMapper().readTree(Fixtures.golden(file).toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode tinyConfig() {
    return json("tiny_clip/open_clip_config.json").at("/model_cfg/text_cfg");
  }

  private static ClipTokenizer tiny() {
    return ClipTokenizer.read(
        Fixtures.golden("tiny_clip/merges.txt"),
        tinyConfig().get("vocab_size").asInt(),
        tinyConfig().get("context_length").asInt());
  }

  private static void checkGolden(JsonNode golden, Path vocabulary) {
    ClipTokenizer tokenizer =
        ClipTokenizer.read(
            vocabulary, golden.get("vocab_size").asInt(), golden.get("context_length").asInt());
    assertTrue(golden.get("cases").size() > 0);
    for (JsonNode one : golden.get("cases")) {
      int[] expected =
          IntStream.range(0, one.get("ids").size())
              .map(i -> one.get("ids").get(i).asInt())
              .toArray();
      assertArrayEquals(
          expected, tokenizer.encode(one.get("text").asText()), one.get("text")::toString);
    }
  }

  @Test
  void theSmallVocabularyGivesTheGoldenIds() {
    checkGolden(json("tokenizer_small.json"), Fixtures.golden("tiny_clip/merges.txt"));
  }

  @Test
  void clipsOwnVocabularyGivesTheGoldenIds() {
    Optional<Path> vocabulary = Fixtures.clipVocabulary();
    assumeTrue(
        vocabulary.isPresent(), "CLIP's vocabulary is not on this machine: set -Danople.clipBpe");
    checkGolden(json("tokenizer_clip.json"), vocabulary.orElseThrow());
  }

  @Test
  void theSpecialTokensAreTheLastTwoIds() {
    int vocabSize = tinyConfig().get("vocab_size").asInt();
    assertEquals(vocabSize - 2, tiny.startOfText());
    assertEquals(vocabSize - 1, tiny.endOfText());
    assertEquals(tinyConfig().get("context_length").asInt(), tiny.contextLength());
  }

  @Test
  void aTextIsCutToTheTokensAskedForAndEndsInEndOfText() {
    String text = "a photo of a damaged metal nut";
    int[] whole = tiny.encode(text);
    for (int most = 2; most <= tiny.contextLength(); most++) {
      int length = Math.min(most, whole.length);
      int[] expected = Arrays.copyOf(whole, length);
      expected[length - 1] = tiny.endOfText();
      assertArrayEquals(expected, tiny.encode(text, most));
    }
  }

  @Test
  void aRowOutsideTheContextIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> tiny.encode("bolt", 1));
    assertThrows(
        IllegalArgumentException.class, () -> tiny.encode("bolt", tiny.contextLength() + 1));
  }

  @Test
  void specialTokensCannotBeWrittenInAText() {
    int[] ids = tiny.encode("<end_of_text> <start_of_text>");
    long specials = Arrays.stream(ids).filter(id -> id >= tiny.startOfText()).count();
    assertEquals(2, specials);
  }

  @Test
  void aLongSContractsAsAnOrdinaryOne() {
    // One piece: the apostrophe is not its end, so its symbol is the plain byte's.
    assertEquals(tiny.encode("'s")[1], tiny.encode("'\u017f")[1]);
    // Not a contraction: the apostrophe is a piece of its own.
    assertEquals(tiny.encode("'")[1], tiny.encode("'x")[1]);
  }

  @Test
  void aMarkThatIsAlmostALetterVanishes() {
    assertArrayEquals(tiny.encode("bolt ; nut"), tiny.encode("bolt\u0345 ;\u0345 nut"));
  }

  @Test
  void anyTextGivesIdsInRangeAndAlwaysTheSame() {
    long seed = 20240823;
    System.out.println("ClipTokenizerTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      String text = randomText(random);
      int[] ids = tiny.encode(text);
      assertArrayEquals(ids, tiny.encode(text));
      assertTrue(ids.length >= 2 && ids.length <= tiny.contextLength());
      assertEquals(tiny.startOfText(), ids[0]);
      assertEquals(tiny.endOfText(), ids[ids.length - 1]);
      assertTrue(
          Arrays.stream(ids, 1, ids.length - 1).allMatch(id -> id >= 0 && id < tiny.startOfText()),
          () -> "seed " + seed + ": " + Arrays.toString(ids));
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      // Half of it printable ASCII, the rest anything, unpaired surrogates included.
      if (random.nextBoolean()) {
        text.append((char) (32 + random.nextInt(95)));
      } else if (random.nextBoolean()) {
        text.append((char) random.nextInt(0x10000));
      } else {
        text.appendCodePoint(0x10000 + random.nextInt(0x100000));
      }
    }
    return text.toString();
  }

  @Test
  @Timeout(60)
  void aWordOfAMegabyteDoesNotTakeForever() {
    tiny.encode("A\u03a3".repeat(TextCleaning.MAX_LENGTH / 2));
    String word = "abnormaltransistor".repeat(1 << 16).substring(0, TextCleaning.MAX_LENGTH);
    int[] ids = tiny.encode(word);
    assertEquals(tiny.contextLength(), ids.length);
    // The cut row is that of a shorter word with the same beginning.
    assertArrayEquals(tiny.encode(word.substring(0, 18 * 100)), ids);
  }

  @Test
  @Timeout(60)
  void aTextWithoutEndIsRefused() {
    InputException tooLong =
        assertThrows(
            InputException.class, () -> tiny.encode("x".repeat(TextCleaning.MAX_LENGTH + 1)));
    assertTrue(tooLong.getMessage().contains("1048577 characters"), tooLong::getMessage);
    InputException marks =
        assertThrows(InputException.class, () -> tiny.encode("a" + "\u0301\u0316".repeat(1 << 18)));
    assertTrue(marks.getMessage().contains("combining marks"), marks::getMessage);
  }
}
