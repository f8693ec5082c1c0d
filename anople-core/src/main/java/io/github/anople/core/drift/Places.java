package io.github.anople.core.drift;

import io.github.anople.core.InputException;
import java.util.Arrays;
import java.util.Base64;

/**
 * How a picture looks place by place: a grid of {@link #SIDE} × {@link #SIDE} places, of each of
 * which brightness and sharpness are kept in a byte each. A value.
 */
public final class Places {

  /** Places along each side: a speck of a twentieth of the picture covers at least one of them. */
  public static final int SIDE = 24;

  /** How many places there are. */
  public static final int COUNT = SIDE * SIDE;

  /** Brightness of all places, then sharpness of all. */
  static final int SIZE = 2 * COUNT;

  /** A step is so much of a logarithm: finer than any change that is told. */
  static final double STEP = 0.015;

  private static final int MIDDLE = 128;
  private static final int HIGHEST = 255;

  private final byte[] steps;

  private Places(byte[] steps) {
    this.steps = steps;
  }

  /**
   * Rounds to steps.
   *
   * @param values {@code [2 · COUNT]}, logarithms; those beyond ±1.9 are cut
   */
  static Places of(double[] values) {
    byte[] steps = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      long step = Math.round(values[i] / STEP) + MIDDLE;
      steps[i] = (byte) Math.max(0, Math.min(HIGHEST, step));
    }
    return new Places(steps);
  }

  /** One of {@link #SIZE} values, in steps, 0 in the middle. */
  int step(int at) {
    return (steps[at] & HIGHEST) - MIDDLE;
  }

  /**
   * As text.
   *
   * @return base64, which {@link #parse} reads
   */
  public String text() {
    return Base64.getEncoder().encodeToString(steps);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @param text base64
   * @return the places
   * @throws IllegalArgumentException if it is not that of so many places
   */
  public static Places parse(String text) {
    byte[] steps;
    try {
      steps = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("places that are not base64: " + shown(text), e);
    }
    if (steps.length != SIZE) {
      throw new IllegalArgumentException("places of " + steps.length + " bytes, not " + SIZE);
    }
    return new Places(steps);
  }

  private static String shown(String text) {
    return InputException.quoted(text.substring(0, Math.min(text.length(), 40)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Places that && Arrays.equals(steps, that.steps);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(steps);
  }

  @Override
  public String toString() {
    return "Places[" + SIDE + " x " + SIDE + "]";
  }
}
