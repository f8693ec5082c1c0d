package io.github.anople.inspect.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a folder's name says that what is in it is good: {@code good}, {@code OK}, {@code
 * Good_parts}, {@code no-defects}. Every word of the name must fit, so that {@code not ok}, {@code
 * abnormal} and {@code good_side_scratch} stay kinds of defect.
 */
final class GoodName {

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})");

  private static final Set<String> GOOD =
      Set.of(
          "good",
          "goods",
          "ok",
          "oks",
          "okay",
          "normal",
          "normals",
          "pass",
          "passed",
          "fine",
          "nominal",
          "healthy",
          "intact",
          "flawless",
          "accepted",
          "conforming",
          "defectfree",
          "faultless",
          "nodefect",
          "nodefects",
          "gut",
          "gute",
          "gutteil",
          "gutteile",
          "golden",
          "perfect",
          "undamaged",
          "defectless",
          "bon",
          "bons",
          "bueno",
          "buenos",
          "buono",
          "buoni",
          "良品",
          "合格",
          "正常",
          "io");

  private static final Set<String> FILLING =
      Set.of(
          "part",
          "parts",
          "piece",
          "pieces",
          "image",
          "images",
          "img",
          "imgs",
          "picture",
          "pictures",
          "photo",
          "photos",
          "sample",
          "samples",
          "item",
          "items",
          "unit",
          "units",
          "product",
          "products",
          "only",
          "all",
          "the",
          "class",
          "test",
          "train",
          "validation",
          "val",
          "set",
          "data",
          "teile",
          "bilder");

  private static final Set<String> WITHOUT = Set.of("no", "non", "without", "free", "zero", "ohne");

  private static final Set<String> DEFECT =
      Set.of(
          "defect",
          "defects",
          "defective",
          "anomaly",
          "anomalies",
          "anomalous",
          "fault",
          "faults",
          "faulty",
          "of",
          "from",
          "fehler");

  private GoodName() {}

  static boolean says(String name) {
    List<String> words =
        BETWEEN_WORDS
            .splitAsStream(name.strip())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty() && !word.chars().allMatch(Character::isDigit))
            .toList();
    if (String.join("", words).equals("io")) {
      return true; // i.O., in Ordnung
    }
    boolean denied = words.stream().anyMatch(WITHOUT::contains);
    boolean defect = words.stream().anyMatch(DEFECT::contains);
    boolean good = words.stream().anyMatch(GOOD::contains);
    return denied == defect
        && (good || denied)
        && words.stream().allMatch(word -> fits(word, denied));
  }

  private static boolean fits(String word, boolean denied) {
    return GOOD.contains(word)
        || FILLING.contains(word)
        || (denied && (WITHOUT.contains(word) || DEFECT.contains(word)));
  }
}
