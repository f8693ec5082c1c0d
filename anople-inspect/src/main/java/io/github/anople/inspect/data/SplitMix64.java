package io.github.anople.inspect.data;

/**
 * The generator SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
 * OOPSLA 2014). Written out, since a seed must choose the same shots for ever, and the JDK promises
 * that of {@code java.util.Random} only, which is weak in its low bits.
 */
final class SplitMix64 {

  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A number in 0..bound-1, each equally likely: 63 bits modulo the bound, the last part redrawn.
   */
  int below(int bound) {
    long bits = next() >>> 1;
    while (bits >= Long.MAX_VALUE - Long.MAX_VALUE % bound) {
      bits = next() >>> 1;
    }
    return (int) (bits % bound);
  }
}
