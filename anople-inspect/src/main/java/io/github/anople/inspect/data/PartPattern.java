package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
  private static final Pattern PIECE = Pattern.compile("\\{([^{}/]*)\\}|\\*+|[^{}*]+|[{}]");
  private static final Pattern EXTENSION = Pattern.compile(".*\\.[\\p{Alnum}*]+", Pattern.DOTALL);

  /** As Real-IAD names its pictures: {@code bottle_cap_0001_NG_HS_C1_20231023090157.jpg}. */
  private static final Pattern REAL_IAD =
      Pattern.compile("(?<part>(?:.*/)?[^/]+)_(?<view>C[1-9])(?:_[^/]*)?\\.[^./]+");

  private final Function<String, Optional<Match>> names;

  private PartPattern(Function<String, Optional<Match>> names) {
    this.names = names;
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
    String slashed = text.replace('\\', '/');
    List<PartNames.Piece> pieces = new ArrayList<>();
    Matcher found = PIECE.matcher(slashed);
    while (found.find()) {
      PartNames.Piece piece = piece(text, found);
      if (pieces.contains(piece) && found.group(1) != null) {
        throw fault(text, "has " + found.group() + " twice");
      }
      pieces.add(piece);
    }
    if (!pieces.contains(PartNames.PART)) {
      throw fault(text, "has no {part}");
    }
    String last = slashed.substring(slashed.lastIndexOf('/') + 1);
    return new PartPattern(new PartNames(pieces, !EXTENSION.matcher(last).matches())::match);
  }

  private static PartNames.Piece piece(String text, Matcher found) {
    String name = found.group(1);
    if (name == null) {
      if (found.group().matches("[{}]")) {
        throw fault(text, "has a brace without its other one");
      }
      return found.group().startsWith("*") ? PartNames.ANY : PartNames.text(found.group());
    }
    return switch (name) {
      case "part" -> PartNames.PART;
      case "view" -> PartNames.VIEW;
      default -> throw fault(text, "has {" + name + "}, and only {part} and {view} are known");
    };
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
    return new PartPattern(
        path ->
            Optional.of(REAL_IAD.matcher(path))
                .filter(Matcher::matches)
                .map(found -> new Match(found.group("part"), Optional.of(found.group("view")))));
  }

  /**
   * Which part a picture shows.
   *
   * @param path its path, with {@code /} between names
   * @return part and view; empty where the pattern does not fit
   */
  public Optional<Match> match(String path) {
    return names.apply(path);
  }
}
