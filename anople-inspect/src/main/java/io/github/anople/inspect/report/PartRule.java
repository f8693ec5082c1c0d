package io.github.anople.inspect.report;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.data.PartPattern;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which pictures belong to one part.
 *
 * @param pattern how their names tell
 * @param views how many views a part has; empty where nobody says, and none can be missing
 */
public record PartRule(PartPattern pattern, OptionalInt views) {

  /**
   * A rule.
   *
   * @throws InputException if a part is to have no view
   */
  public PartRule {
    Objects.requireNonNull(pattern, "pattern");
    if (views.isPresent() && views.getAsInt() < 1) {
      throw new InputException(
          "views of a part", views.getAsInt() + " is too few", "give a number from 1");
    }
  }

  /**
   * The rule of a data set's layout, whose parts may have any number of views.
   *
   * @param layout the layout's name, as {@link DataLayout#id} gives it
   * @return the rule; empty where each image of such a data set shows a part of its own, or it is
   *     no data set's layout
   */
  public static Optional<PartRule> ofLayout(String layout) {
    return DataLayout.of(layout)
        .flatMap(DataLayout::parts)
        .map(pattern -> new PartRule(pattern, OptionalInt.empty()));
  }

  /**
   * The part that a picture shows; its own path where the pattern does not fit.
   *
   * @param path the picture's path, with {@code /} between names
   * @return the part's name
   */
  public String part(String path) {
    return pattern.match(path).map(PartPattern.Match::part).orElse(path);
  }
}
