package io.github.anople.core.drift;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that has moved since calibration.
 *
 * @param kind what
 * @param size by how much: a part of the former value (−0.2 is a fifth less), of colour a part of
 *     the mean, of dirt the part of the picture, of scores their difference
 * @param words a clause for people
 * @param place where, of dirt alone
 */
public record Change(Kind kind, double size, String words, Optional<Place> place) {

  /** What can move. */
  public enum Kind {
    /** Pictures are darker or brighter. */
    LIGHT,
    /** Light and dark are nearer to each other, or farther apart: haze, or another exposure. */
    CONTRAST,
    /** Pictures are redder, greener, bluer or yellower. */
    COLOUR,
    /** Pictures are less sharp, or sharper, which noise is too. */
    FOCUS,
    /** A place differs in all pictures while the rest does not. */
    DIRT,
    /** Much of the picture differs: camera or fixture have moved, or light comes from elsewhere. */
    LAYOUT,
    /** Scores are higher or lower. */
    SCORES;

    /**
     * The name in files.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A kind by its name in files.
     *
     * @param id lower case
     * @return the kind
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Kind of(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("there is no such kind of drift");
    }
  }

  /**
   * A rectangle of a picture, in parts of its width and height.
   *
   * @param x left edge, in [0, 1)
   * @param y upper edge, in [0, 1)
   * @param width in (0, 1]
   * @param height in (0, 1]
   */
  public record Place(double x, double y, double width, double height) {

    /**
     * A rectangle.
     *
     * @throws IllegalArgumentException if it is not inside the picture
     */
    public Place {
      boolean inside = x >= 0 && y >= 0 && width > 0 && height > 0;
      if (!inside || !(x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9)) {
        throw new IllegalArgumentException("a place that is not inside the picture");
      }
    }

    /**
     * Where it is, in words.
     *
     * @return such as {@code upper left}
     */
    public String words() {
      String across = third(x + width / 2, "left", "", "right");
      String down = third(y + height / 2, "upper", "", "lower");
      if (across.isEmpty() && down.isEmpty()) {
        return "middle";
      }
      if (across.isEmpty()) {
        return down + " middle";
      }
      return down.isEmpty() ? across : down + " " + across;
    }

    private static String third(double at, String low, String middle, String high) {
      return at < 1 / 3.0 ? low : at > 2 / 3.0 ? high : middle;
    }
  }

  /**
   * A change.
   *
   * @throws IllegalArgumentException if its size is not finite
   */
  public Change {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(place, "place");
    if (!Double.isFinite(size)) {
      throw new IllegalArgumentException("a change of " + size);
    }
  }
}
