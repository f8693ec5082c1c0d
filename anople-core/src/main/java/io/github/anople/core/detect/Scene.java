package io.github.anople.core.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How unlike the shots a whole picture is: whether what should be there is there, under the usual
 * light. A score asks whether what is there has been seen, and of a black picture all has.
 *
 * @param values one for each {@link Measure}, in their order; 0 is as the shots, larger is less
 *     like them
 */
public record Scene(List<Float> values) {

  /** How many measures there are, K. */
  public static final int SIZE = Measure.values().length;

  private static final List<Measure> MEASURES = List.of(Measure.values());

  /** What is measured. Each has one direction, so that its name says what is wrong. */
  public enum Measure {
    /** How far the patches of the nearest view of a shot are from the picture's, on average. */
    STRUCTURE("empty or another part"),
    /** The same of the tenth of its patches that are the farthest. */
    WORST_PLACE("empty or another part"),
    /** How much darker than the darkest shot, as a difference of logarithms. */
    DARK("dark"),
    /** How much brighter than the brightest. */
    BRIGHT("bright"),
    /** How much less contrast than the flattest. */
    FLAT("no contrast"),
    /** How much more contrast than the richest. */
    HARSH("too much contrast"),
    /** How much less sharp than the least sharp. */
    BLURRED("blurred"),
    /** How much sharper than the sharpest: noise is. */
    NOISY("noisy"),
    /** How far the mean colour is from the nearest shot's. */
    COLOUR("another colour"),
    /** How much more of the picture is as bright as can be. */
    OVEREXPOSED("overexposed"),
    /** How much more its patches are copies of each other than those of the shots. */
    REPETITIVE("repeats itself");

    private final String words;

    Measure(String words) {
      this.words = words;
    }

    /**
     * The name in files.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What is wrong with a picture that exceeds the limit.
     *
     * @return some words
     */
    public String words() {
      return words;
    }
  }

  /**
   * Where a measure is among the values.
   *
   * @param measure which
   * @return a number from 0 on
   */
  public static int place(Measure measure) {
    return MEASURES.indexOf(measure);
  }

  /**
   * What was measured.
   *
   * @param values one for each measure
   * @throws IllegalArgumentException if there are not {@link #SIZE}, or one is negative or not
   *     finite
   */
  public Scene {
    values = List.copyOf(values);
    if (values.size() != SIZE) {
      throw new IllegalArgumentException(values.size() + " measures, not " + SIZE);
    }
    for (float value : values) {
      if (!(Float.isFinite(value) && value >= 0)) {
        throw new IllegalArgumentException("a measure is finite and at least 0, not " + value);
      }
    }
  }

  /**
   * What an engine computed; rounding may have put a 0 below 0.
   *
   * @param rows {@code [images, K]}, row-major
   * @param image which of them
   * @return its row
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Scene of(float[] rows, int image) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      values.add(Math.max(0, rows[image * SIZE + i]));
    }
    return new Scene(values);
  }

  /**
   * One of the values.
   *
   * @param measure which
   * @return at least 0
   */
  public float value(Measure measure) {
    return values.get(place(measure));
  }
}
