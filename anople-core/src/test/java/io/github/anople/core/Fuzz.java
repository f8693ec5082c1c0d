package io.github.anople.core;

/**
 * How many damaged inputs a test of a reader tries: {@code -Danople.fuzz=20} asks for twenty times
 * as many as usual. Such a run wants {@code -Djunit.jupiter.execution.timeout.mode=disabled}.
 */
public final class Fuzz {

  private static final int FACTOR = Integer.getInteger("anople.fuzz", 1);

  private Fuzz() {}

  /**
   * How many to try.
   *
   * @param usual in an ordinary build
   * @return as many, or more on request; it is printed with the reader's name
   */
  public static int times(String reader, int usual) {
    int times = Math.multiplyExact(usual, FACTOR);
    System.out.println(times + " damaged inputs: " + reader);
    return times;
  }
}
