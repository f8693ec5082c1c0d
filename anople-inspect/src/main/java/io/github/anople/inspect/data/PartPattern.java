package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the names of pictures tell which part they show, where a part has several: {@code
 * {part}_cam{view}.png}.
 *
 * <p>A pattern is the end of a path: its last name, or with {@code /} its last names. {@code
 * {part}} and {@code {view}} stand for one or more characters of a name, {@code *} for any number
 * of them, and everything else for itself. The part is taken as long as it can be, the view as
 * short: {@code {part}_{view}} finds part {@code a_b} and view {@code 1} in {@code a_b_1.png}. A
 * pattern without an extension fits every extension.
 *
 * <p>What stands before the pattern's names belongs to the part: {@code day1/a_cam1.png} and {@code
 * day2/a_cam2.png} show two parts. Names that the pattern itself has do not: with {@code
 * cam{view}/{part}} the pictures {@code cam1/a.png} and {@code cam2/a.png} show one.
 */
public final class PartPattern {

  private static final String WHERE = "pattern of parts";
  private static final Pattern PIECE = Pattern.compile("\\{([^{}/]*)\\}|\\*|[^{}*]+|[{}]");

  /** As Real-IAD names its pictures: {@code bottle_cap_0001_NG_HS_C1_20231023090157.jpg}. */
  private static final PartPattern REAL_IAD =
      new PartPattern(
          Pattern.compile("(?<before>(?:.*/)?)(?<part>[^/]+)_(?<view>C[1-9])(?:_[^/]*)?\\.[^./]+"),
          true);

  private final Pattern whole;
  private final boolean views;

  private PartPattern(Pattern whole, boolean views) {
    this.whole = whole;
    this.views = views;
  }

  /**
   * What a path says.
   *
   * @param part the part's name, with the folders before the pattern
   * @param view the view's name; empty where the pattern has none
   */
  public record Match(String part, Optional<String> view) {}

  /**
   * A pattern as a person writes it.
   *
   * @param text for example {@code {part}_cam{view}.png}
   * @return the pattern
   * @throws InputException unless it has {@code {part}} once, {@code {view}} at most once, and
   *     nothing else in braces
   */
  public static PartPattern of(String text) {
    StringBuilder regex = new StringBuilder();
    List<String> names = new ArrayList<>();
    Matcher pieces = PIECE.matcher(text.replace('\\', '/'));
    while (pieces.find()) {
      String name = pieces.group(1);
      if (name != null) {
        regex.append(placeholder(text, name, names));
      } else if (pieces.group().equals("*")) {
        regex.append("[^/]*?");
      } else if (pieces.group().matches("[{}]")) {
        throw fault(text, "has a brace without its other one");
      } else {
        regex.append(Pattern.quote(pieces.group()));
      }
    }
    if (!names.contains("part")) {
      throw fault(text, "has no {part}");
    }
    String last = text.substring(text.replace('\\', '/').lastIndexOf('/') + 1);
    String extension = last.matches(".*\\.[\\p{Alnum}*]+") ? "" : "\\.[^./]+";
    return new PartPattern(
        Pattern.compile("(?<before>(?:.*/)?)" + regex + extension), names.contains("view"));
  }

  private static String placeholder(String text, String name, List<String> names) {
    if (!List.of("part", "view").contains(name)) {
      throw fault(text, "has {" + name + "}, and only {part} and {view} are known");
    }
    if (names.contains(name)) {
      throw fault(text, "has {" + name + "} twice");
    }
    names.add(name);
    return name.equals("part") ? "(?<part>[^/]+)" : "(?<view>[^/]+?)";
  }

  private static InputException fault(String text, String problem) {
    return new InputException(
        WHERE,
        InputException.quoted(text) + " " + problem,
        "write it like the pictures' names, such as {part}_cam{view}.png for A17_cam2.png");
  }

  /**
   * The pattern of Real-IAD's own names.
   *
   * @return parts of five views, C1 to C5
   */
  public static PartPattern realIad() {
    return REAL_IAD;
  }

  /**
   * Which part a picture shows.
   *
   * @param path its path, with {@code /} between names
   * @return part and view; empty where the pattern does not fit
   */
  public Optional<Match> match(String path) {
    Matcher matcher = whole.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String part = matcher.group("before") + matcher.group("part");
    return Optional.of(
        new Match(part, views ? Optional.of(matcher.group("view")) : Optional.empty()));
  }
}
