package io.github.anople.core.drift;

import io.github.anople.core.drift.Change.Kind;
import io.github.anople.core.drift.DriftReference.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Whether a window of pictures looks and scores as the pictures of a calibration do (section 14 of
 * the method's page). Where both are drawn in the same way, at most {@link #FALSE_ALARMS} of the
 * windows are said to differ, whatever the pictures' distribution is: on average over calibrations
 * and windows, exactly for any number of pictures. What is told must be large enough to matter,
 * too.
 */
public final class DriftTest {

  /** How many pictures a window has, at most. */
  public static final int WINDOW = 20;

  /** Fewer tell nothing. */
  public static final int LEAST = 10;

  /** The share of windows of unchanged pictures in which anything is told, at most. */
  public static final double FALSE_ALARMS = 0.001;

  /** A window has six rank tests and the one of places; their levels add up to the whole. */
  static final double RANK_LEVEL = FALSE_ALARMS / 10;

  static final double PLACES_LEVEL = 4 * RANK_LEVEL;

  /** What is being told ends where that often chance alone would do as much. */
  private static final double LENIENCE = 100;

  /**
   * The smallest changes that are told, of logarithms and of colour. Light and colour: what the
   * estimate of thresholds from the shots takes for usual from day to day.
   */
  private static final double LIGHT = Math.log(1.08);

  private static final double CONTRAST = 0.1;
  private static final double FOCUS = 0.1;
  private static final double COLOUR = 0.02;

  /**
   * A place is lit where it has this part of the picture's brightness: black places say nothing.
   */
  private static final double LIT = Math.log(0.25);

  private static final int SCORE_DIGITS = 4;

  private final DriftReference reference;
  private final List<Seen> good;

  /**
   * A test.
   *
   * @param reference what is compared with
   */
  public DriftTest(DriftReference reference) {
    this.reference = reference;
    this.good = reference.pictures();
  }

  /**
   * How many pictures a calibration needs for a window of so many to be told at all.
   *
   * @param window pictures of a window, at least 1
   * @return the smallest number
   */
  public static int needed(int window) {
    int pictures = 1;
    while (RankSum.smallest(pictures, window) > RANK_LEVEL) {
      pictures++;
    }
    return pictures;
  }

  /**
   * Whether a window of so many pictures can be told of.
   *
   * @param window pictures of a window
   * @return whether there are enough of them, and of the reference
   */
  public boolean canTell(int window) {
    return window >= LEAST && RankSum.smallest(good.size(), window) <= RANK_LEVEL;
  }

  /**
   * What has moved.
   *
   * @param window the pictures; their places are compared where all have them
   * @param ongoing what was told before, and goes on unless it is small or may be chance
   * @return nothing where nothing has, or nobody {@link #canTell}
   */
  public List<Change> changes(List<Seen> window, Set<Kind> ongoing) {
    List<Change> changes = new ArrayList<>();
    if (!canTell(window.size())) {
      return changes;
    }
    Comparison all = new Comparison(window, ongoing);
    all.light().ifPresent(changes::add);
    all.contrast().ifPresent(changes::add);
    all.colour().ifPresent(changes::add);
    all.focus().ifPresent(changes::add);
    if (all.places) {
      // What light or focus may explain, also where they are not yet told, is no dirt.
      Comparison lenient = new Comparison(window, EnumSet.allOf(Kind.class));
      boolean goesOn = ongoing.contains(Kind.DIRT) || ongoing.contains(Kind.LAYOUT);
      new PlacesTest(reference, window, lenient.light().isEmpty(), lenient.focus().isEmpty())
          .change(goesOn ? LENIENCE * PLACES_LEVEL : PLACES_LEVEL)
          .ifPresent(changes::add);
    }
    all.scores().ifPresent(changes::add);
    return changes;
  }

  /** A window beside the reference. */
  private final class Comparison {

    private final List<Seen> window;
    private final Set<Kind> ongoing;
    private final boolean places;
    private final RankSum ranks;

    Comparison(List<Seen> window, Set<Kind> ongoing) {
      this.window = window;
      this.ongoing = ongoing;
      this.ranks = new RankSum(good.size(), window.size());
      this.places = window.stream().allMatch(one -> one.look().places().isPresent());
    }

    /** Defects are somewhere, light is everywhere: most places must have moved with the whole. */
    Optional<Change> light() {
      double moved = moved(Kind.LIGHT, one -> one.look().brightness(), LIGHT);
      boolean everywhere = !places || Math.signum(moved) * placesBrightness() >= LIGHT / 2;
      if (moved == 0 || !everywhere) {
        return Optional.empty();
      }
      double size = Math.expm1(moved);
      return told(
          Kind.LIGHT,
          size,
          "the light has changed: pictures are %s %s than at calibration"
              .formatted(percent(size), size < 0 ? "darker" : "brighter"));
    }

    Optional<Change> contrast() {
      double moved = moved(Kind.CONTRAST, one -> one.look().contrast(), CONTRAST);
      if (moved == 0) {
        return Optional.empty();
      }
      double size = Math.expm1(moved);
      return told(
          Kind.CONTRAST,
          size,
          "the contrast has changed: it is %s %s than at calibration"
              .formatted(percent(size), size < 0 ? "lower" : "higher"));
    }

    Optional<Change> colour() {
      double red = moved(Kind.COLOUR, one -> one.look().red(), COLOUR);
      double blue = moved(Kind.COLOUR, one -> one.look().blue(), COLOUR);
      if (red == 0 && blue == 0) {
        return Optional.empty();
      }
      boolean ofRed = Math.abs(red) >= Math.abs(blue);
      double size = ofRed ? red : blue;
      String word = ofRed ? (size < 0 ? "greener" : "redder") : size < 0 ? "yellower" : "bluer";
      return told(
          Kind.COLOUR,
          size,
          "the colour has changed: pictures are %s %s than at calibration"
              .formatted(percent(size), word));
    }

    Optional<Change> focus() {
      double moved = moved(Kind.FOCUS, one -> one.look().sharpness(), FOCUS);
      boolean everywhere = !places || Math.signum(moved) * placesSharpness() >= FOCUS / 2;
      if (moved == 0 || !everywhere) {
        return Optional.empty();
      }
      double size = Math.expm1(moved);
      return told(
          Kind.FOCUS,
          size,
          size < 0
              ? "the focus has changed: pictures are %s less sharp than at calibration"
                  .formatted(percent(size))
              : "pictures are %s sharper or noisier than at calibration".formatted(percent(size)));
    }

    /** The middle one is where a quarter of the good ones was at most. */
    Optional<Change> scores() {
      ToDoubleFunction<Seen> score = Seen::score;
      double[] before = sorted(good, score);
      double now = Medians.of(sorted(window, score));
      double former = Medians.of(before);
      boolean goesOn = ongoing.contains(Kind.SCORES);
      double low = goesOn ? former : before[before.length / 4];
      double high = goesOn ? former : before[before.length - 1 - before.length / 4];
      if ((now >= low && now <= high) || chance(Kind.SCORES, score)) {
        return Optional.empty();
      }
      return told(
          Kind.SCORES,
          now - former,
          String.format(
              Locale.ROOT,
              "scores have %s: the middle one of %d is %."
                  + SCORE_DIGITS
                  + "f, at calibration %."
                  + SCORE_DIGITS
                  + "f",
              now > former ? "risen" : "fallen",
              window.size(),
              now,
              former));
    }

    private Optional<Change> told(Kind kind, double size, String words) {
      return Optional.of(new Change(kind, size, words, Optional.empty()));
    }

    /** By how much the median has moved; 0 where that is little, or may be chance. */
    private double moved(Kind kind, ToDoubleFunction<Seen> number, double smallest) {
      double moved = Medians.of(sorted(window, number)) - Medians.of(sorted(good, number));
      double least = ongoing.contains(kind) ? smallest / 2 : smallest;
      return Math.abs(moved) < least || chance(kind, number) ? 0 : moved;
    }

    private boolean chance(Kind kind, ToDoubleFunction<Seen> number) {
      double level = ongoing.contains(kind) ? LENIENCE * RANK_LEVEL : RANK_LEVEL;
      return ranks.p(sorted(good, number), sorted(window, number)) > level;
    }

    /** By how much brightness has moved at the median of the lit places. */
    private double placesBrightness() {
      return Medians.ofPlaces(
          place -> {
            double relative = Medians.ofPlace(good, place, look -> 0);
            return relative < LIT
                ? Double.NaN
                : Medians.ofPlace(window, place, Look::brightness)
                    - Medians.ofPlace(good, place, Look::brightness);
          });
    }

    private double placesSharpness() {
      return Medians.ofPlaces(
          place ->
              Medians.ofPlace(window, Places.COUNT + place, look -> 0)
                  - Medians.ofPlace(good, Places.COUNT + place, look -> 0));
    }
  }

  private static double[] sorted(List<Seen> pictures, ToDoubleFunction<Seen> number) {
    double[] values = pictures.stream().mapToDouble(number).toArray();
    Arrays.sort(values);
    return values;
  }

  private static String percent(double size) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * Math.abs(size));
  }
}
