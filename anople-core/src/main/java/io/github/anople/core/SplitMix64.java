package io.github.anople.core;

/**
 * The generator SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
 * OOPSLA 2014). Written out, since a seed must choose the same shots for ever, and the JDK promises
 * that of {@code java.util.Random} only, which is weak in its low bits.
 */
public final class SplitMix64 {

  /** The step from one state to the next: 2^64 divided by the golden ratio, made odd. */
  public static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * A generator at its start.
   *
   * @param seed any number
   */
  public SplitMix64(long seed) {
    state = seed;
  }

  /**
   * The finaliser, which makes of each state the number that is drawn.
   *
   * @param state any number
   * @return as many numbers as there are states, none twice
   */
  public static long mix(long state) {
    long a = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /**
   * The next number.
   *
   * @return 64 random bits
   */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * A number in 0..bound-1, each equally likely: 63 bits modulo the bound, the last part redrawn.
   *
   * @param bound 1 or more
   * @return the number
   */
  public int below(int bound) {
    long bits = next() >>> 1;
    while (bits >= Long.MAX_VALUE - Long.MAX_VALUE % bound) {
      bits = next() >>> 1;
    }
    return (int) (bits % bound);
  }
}
