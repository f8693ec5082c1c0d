package io.github.anople.lab.pretrain.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Learns the merges of a byte-pair vocabulary from texts (Sennrich et al. 2016), in the form of
 * CLIP's {@code merges.txt}: the most frequent pair of neighbours first, equal ones in alphabetical
 * order.
 */
final class MergesTrainer {

  private static final String END = "</w>";
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  private MergesTrainer() {}

  /**
   * The merges.
   *
   * @param texts ASCII texts; words are runs of letters
   * @param most the most merges to make
   * @return "left right" a merge, fewer than asked for if no pair is left
   */
  static List<String> merges(Iterable<String> texts, int most) {
    Map<List<String>, Integer> words = words(texts);
    List<String> merges = new ArrayList<>();
    while (merges.size() < most) {
      Map<String, Integer> pairs = new TreeMap<>();
      words.forEach(
          (word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
              pairs.merge(word.get(i) + " " + word.get(i + 1), count, Integer::sum);
            }
          });
      String best =
          pairs.entrySet().stream()
              .max(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
              .map(Map.Entry::getKey)
              .orElse(null);
      if (best == null) {
        break;
      }
      merges.add(best);
      words = merged(words, best);
    }
    return merges;
  }

  private static Map<List<String>, Integer> words(Iterable<String> texts) {
    Map<String, Integer> counts = new HashMap<>();
    for (String text : texts) {
      WORD.matcher(text.toLowerCase(Locale.ROOT))
          .results()
          .forEach(word -> counts.merge(word.group(), 1, Integer::sum));
    }
    Map<List<String>, Integer> words = new LinkedHashMap<>();
    new TreeMap<>(counts)
        .forEach(
            (word, count) -> {
              List<String> symbols = new ArrayList<>();
              for (byte letter : word.getBytes(StandardCharsets.US_ASCII)) {
                symbols.add(String.valueOf((char) letter));
              }
              symbols.set(symbols.size() - 1, symbols.get(symbols.size() - 1) + END);
              words.put(symbols, count);
            });
    return words;
  }

  private static Map<List<String>, Integer> merged(Map<List<String>, Integer> words, String pair) {
    int gap = pair.indexOf(' ');
    List<String> sides = List.of(pair.substring(0, gap), pair.substring(gap + 1));
    Map<List<String>, Integer> next = new LinkedHashMap<>();
    words.forEach(
        (word, count) -> {
          List<String> symbols = new ArrayList<>();
          for (int i = 0; i < word.size(); i++) {
            boolean both = i + 1 < word.size() && word.subList(i, i + 2).equals(sides);
            symbols.add(both ? sides.get(0) + sides.get(1) : word.get(i));
            i += both ? 1 : 0;
          }
          next.merge(symbols, count, Integer::sum);
        });
    return next;
  }
}
