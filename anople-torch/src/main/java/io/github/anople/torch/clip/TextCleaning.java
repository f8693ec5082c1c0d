package io.github.anople.torch.clip;

import io.github.anople.core.InputException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * What CLIP does to a text before it looks for words: Unicode NFC; HTML entities unescaped, twice;
 * whitespace runs to one space, ends trimmed; lower case without a locale.
 */
final class TextCleaning {

  static final int MAX_LENGTH = 1 << 20;
  static final int MAX_MARKS = 1 << 10;

  /** What Python's {@code str.isspace} calls whitespace; Java's own classes lack some of it. */
  private static final Pattern WHITESPACE =
      Pattern.compile(
          "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+");

  /** What Python's {@code html.unescape} takes for a character reference. */
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#([0-9]+);?|#[xX]([0-9a-fA-F]+);?|[^\\t\\n\\f <&#;]{1,32};?)");

  private static final char SIGMA = 'Σ';

  /** Word_Break MidLetter, MidNumLet and Single_Quote (Unicode Standard Annex 29). */
  private static final String INSIDE_WORDS =
      "':.·\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private TextCleaning() {}

  /**
   * The cleaned text.
   *
   * @throws InputException if the text is too long or has an endless run of combining marks
   */
  static String clean(String text) {
    check(text);
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    String plain = unescape(unescape(normal));
    String spaced = WHITESPACE.matcher(plain).replaceAll(" ");
    int start = spaced.startsWith(" ") ? 1 : 0;
    int end = spaced.length() - (spaced.length() > start && spaced.endsWith(" ") ? 1 : 0);
    return lowerCase(spaced.substring(start, end));
  }

  /**
   * Unicode's lower case. The JDK's finds the ends of words for a final sigma by another rule than
   * Unicode's, and looks at the whole text for each: sigmas are decided here.
   */
  private static String lowerCase(String text) {
    StringBuilder sigmas = new StringBuilder(text);
    for (int i = text.indexOf(SIGMA); i >= 0; i = text.indexOf(SIGMA, i + 1)) {
      sigmas.setCharAt(i, casedBefore(text, i) && !casedAfter(text, i + 1) ? 'ς' : 'σ');
    }
    return sigmas.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean casedBefore(String text, int end) {
    int i = end;
    while (i > 0 && isCaseIgnorable(text.codePointBefore(i))) {
      i -= Character.charCount(text.codePointBefore(i));
    }
    return i > 0 && isCased(text.codePointBefore(i));
  }

  private static boolean casedAfter(String text, int start) {
    int i = start;
    while (i < text.length() && isCaseIgnorable(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i < text.length() && isCased(text.codePointAt(i));
  }

  private static boolean isCased(int codePoint) {
    return Character.isLowerCase(codePoint)
        || Character.isUpperCase(codePoint)
        || Character.isTitleCase(codePoint);
  }

  /** Unicode's Case_Ignorable: some general categories, and what may stand inside a word. */
  private static boolean isCaseIgnorable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> INSIDE_WORDS.indexOf(codePoint) >= 0;
    };
  }

  /** Bounds the work: the JDK sorts a run of combining marks in quadratic time. */
  private static void check(String text) {
    if (text.length() > MAX_LENGTH) {
      throw fault(text, "has " + text.length() + " characters, more than " + MAX_LENGTH);
    }
    int marks = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      marks = isMark(text.codePointAt(i)) ? marks + 1 : 0;
      if (marks > MAX_MARKS) {
        throw fault(text, "has a run of more than " + MAX_MARKS + " combining marks");
      }
    }
  }

  private static boolean isMark(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static InputException fault(String text, String problem) {
    String shown = text.substring(0, Math.min(text.length(), 40));
    return new InputException(
        "text \"" + shown + "…\"", problem, "give a class name or a prompt of a few words");
  }

  /** Python's {@code html.unescape}. */
  static String unescape(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    return REFERENCE.matcher(text).replaceAll(found -> quote(resolve(found)));
  }

  private static String quote(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  /** One reference. Names, windows-1252 codes and the rest are as HTML5, which jsoup knows. */
  private static String resolve(MatchResult found) {
    String digits = found.group(1) != null ? found.group(1) : found.group(2);
    if (digits != null) {
      int code = codePoint(digits, found.group(1) != null ? 10 : 16);
      if (code == 0 || code > Character.MAX_CODE_POINT || isSurrogate(code)) {
        return "\uFFFD";
      }
      // Python drops what HTML5 calls invalid; jsoup, like browsers, keeps it.
      if (isInvalid(code)) {
        return "";
      }
    }
    return Parser.unescapeEntities(found.group(), false);
  }

  /** The number, or one beyond Unicode however many digits there are. */
  private static int codePoint(String digits, int radix) {
    int code = 0;
    for (int i = 0; i < digits.length() && code <= Character.MAX_CODE_POINT; i++) {
      code = code * radix + Character.digit(digits.charAt(i), radix);
    }
    return code;
  }

  private static boolean isSurrogate(int code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }

  private static boolean isInvalid(int code) {
    return code <= 0x8
        || code == 0xB
        || (code >= 0xE && code <= 0x1F)
        || code == 0x7F
        || (code >= 0xFDD0 && code <= 0xFDEF)
        || (code & 0xFFFE) == 0xFFFE;
  }
}
