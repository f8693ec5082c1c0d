package io.github.anople.torch.clip;

import io.github.anople.core.InputException;
import io.github.anople.core.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * CLIP's byte-level byte-pair tokenizer: text to token ids.
 *
 * <p>The text is cleaned (NFC, HTML entities, whitespace, lower case), split by CLIP's regular
 * expression, and each piece's UTF-8 bytes are merged by rank. The ids are 256 byte symbols, the
 * same 256 at the end of a piece, the merges in the order of the file, start of text, end of text:
 * {@code vocab_size = 514 + merges}. The words {@code <start_of_text>} and {@code <end_of_text>}
 * inside a text are ordinary characters.
 *
 * <p>Immutable, so safe to share between threads. Source: Radford et al. 2021 and OpenCLIP's {@code
 * SimpleTokenizer}.
 */
public final class ClipTokenizer {

  private static final int SPECIAL_TOKENS = 2;
  private static final int BYTE_SYMBOLS = 512;

  /**
   * Read without case as CLIP's engine reads it: {@code 'ſ} (long s) is one piece, as {@code 's}
   * is, and U+0345, a mark whose upper case is a letter, is in no class and vanishes.
   */
  private static final Pattern PIECES =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}\\x{345}]+",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private final BytePairMerges merges;
  private final int contextLength;

  private ClipTokenizer(BytePairMerges merges, int contextLength) {
    if (contextLength < SPECIAL_TOKENS) {
      throw new InputException(
          "context_length",
          "is " + contextLength + ", which has no room for start and end of text",
          "take it from the model's configuration (CLIP's is 77)");
    }
    this.merges = merges;
    this.contextLength = contextLength;
  }

  /**
   * Reads a vocabulary: {@code merges.txt}, {@code bpe_simple_vocab_16e6.txt.gz} (gzip is
   * recognised by its first bytes), or the merges in transformers' {@code tokenizer.json} (by the
   * name's ending). The first line is skipped and the next {@code vocabSize - 514} are used; what
   * follows is not read.
   *
   * @param vocabulary the file
   * @param vocabSize the model's {@code vocab_size}, rows of its token embedding
   * @param contextLength the model's {@code context_length}, in tokens, at least 2
   * @return the tokenizer
   * @throws InputException if the file is missing, unreadable, damaged, shorter than the model
   *     needs or not a list of merges, or if a size is out of range
   */
  public static ClipTokenizer read(Path vocabulary, int vocabSize, int contextLength) {
    StandIn.refuseDangling(vocabulary);
    if (!Files.isRegularFile(vocabulary)) {
      throw new InputException(
          vocabulary,
          Files.exists(vocabulary) ? "is not a file" : "does not exist",
          "give the backbone's merges.txt or bpe_simple_vocab_16e6.txt.gz");
    }
    StandIn.refuseForText(vocabulary);
    try (InputStream in = Files.newInputStream(vocabulary)) {
      String name = vocabulary.toString();
      InputStream merges = name.endsWith(".json") ? new TokenizerJson(in, name).merges() : in;
      return read(merges, name, vocabSize, contextLength);
    } catch (IOException e) {
      throw new InputException(
          vocabulary, "cannot be opened (" + e.getMessage() + ")", "check its permissions", e);
    }
  }

  /**
   * The same from a stream, for a vocabulary that is a resource of a jar.
   *
   * @param vocabulary the stream, at its start; not closed
   * @param name what error messages call it
   * @param vocabSize the model's {@code vocab_size}
   * @param contextLength the model's {@code context_length}, in tokens, at least 2
   * @return the tokenizer
   * @throws InputException as {@link #read(Path, int, int)}
   */
  public static ClipTokenizer read(
      InputStream vocabulary, String name, int vocabSize, int contextLength) {
    int count = vocabSize - BYTE_SYMBOLS - SPECIAL_TOKENS;
    if (count < 0) {
      throw new InputException(
          name,
          "vocab_size is " + vocabSize + ", but bytes and special tokens alone are 514",
          "take it from the model's configuration (CLIP's is 49408)");
    }
    return new ClipTokenizer(new MergesReader(vocabulary, name).read(count), contextLength);
  }

  /**
   * The ids of a text: start of text, words, end of text, at most {@link #contextLength()} of them.
   * A longer text is cut and still ends in end of text; a shorter one is not padded.
   *
   * @param text any text, also empty; at most 1,048,576 characters
   * @return the ids, 2 to {@link #contextLength()} of them
   * @throws InputException if the text is too long, or has a run of more than 1,024 combining marks
   */
  public int[] encode(String text) {
    return encode(text, contextLength);
  }

  /**
   * The ids of a text, cut to fewer tokens: a prompt leaves room for its context rows, {@code
   * encode(text, contextLength() - contextRows)}.
   *
   * @param text as in {@link #encode(String)}
   * @param maxTokens the most ids to return, start and end of text included, 2 to {@link
   *     #contextLength()}
   * @return the ids, 2 to {@code maxTokens} of them
   * @throws InputException as {@link #encode(String)}
   * @throws IllegalArgumentException if {@code maxTokens} is out of range
   */
  public int[] encode(String text, int maxTokens) {
    if (maxTokens < SPECIAL_TOKENS || maxTokens > contextLength) {
      throw new IllegalArgumentException(
          "maxTokens is " + maxTokens + ", not in 2.." + contextLength);
    }
    return ids(text, maxTokens - SPECIAL_TOKENS);
  }

  /**
   * How many ids a text has if nothing is cut off.
   *
   * @param text as in {@link #encode(String)}
   * @return start and end of text included; above {@link #contextLength()} where {@link
   *     #encode(String)} cuts
   * @throws InputException as {@link #encode(String)}
   */
  public int length(String text) {
    return ids(text, Integer.MAX_VALUE).length;
  }

  private int[] ids(String text, int most) {
    Matcher piece = PIECES.matcher(TextCleaning.clean(text));
    IntStream.Builder ids = IntStream.builder().add(startOfText());
    int room = most;
    // Later pieces never change earlier ids: stop as soon as the row is full.
    while (room > 0 && piece.find()) {
      int[] word = merges.encode(piece.group().getBytes(StandardCharsets.UTF_8));
      Arrays.stream(word).limit(room).forEach(ids);
      room -= Math.min(room, word.length);
    }
    return ids.add(endOfText()).build().toArray();
  }

  /**
   * The id of the start-of-text token.
   *
   * @return {@code vocab_size - 2}
   */
  public int startOfText() {
    return BYTE_SYMBOLS + merges.size();
  }

  /**
   * The id of the end-of-text token, the highest of all.
   *
   * @return {@code vocab_size - 1}
   */
  public int endOfText() {
    return startOfText() + 1;
  }

  /**
   * The longest row that the model's positional embedding takes.
   *
   * @return a length in tokens, start and end of text included
   */
  public int contextLength() {
    return contextLength;
  }
}
