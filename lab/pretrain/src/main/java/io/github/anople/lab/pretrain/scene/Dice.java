package io.github.anople.lab.pretrain.scene;

import static io.github.anople.core.SplitMix64.GAMMA;
import static io.github.anople.core.SplitMix64.mix;

import java.util.List;

/** SplitMix64 with the draws that scenes need; the same seed gives the same draws for ever. */
final class Dice {

  private long state;

  Dice(long seed, long stream) {
    this.state = mix(seed + GAMMA) ^ mix(stream * 0xD1342543DE82EF95L + 1);
  }

  long next() {
    state += GAMMA;
    return mix(state);
  }

  /** A generator of its own, so that what it draws does not move later draws of this one. */
  Dice split() {
    return new Dice(next(), 0);
  }

  /** 0..bound-1; the bias of the multiplication is below one in 2^31 / bound. */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  int seed() {
    return (int) next();
  }

  float unit() {
    return (next() >>> 40) * (1f / (1 << 24));
  }

  float in(double low, double high) {
    return (float) (low + (high - low) * unit());
  }

  int in(int low, int highInclusive) {
    return low + below(highInclusive - low + 1);
  }

  /** Each octave between the two equally likely. */
  float scale(double low, double high) {
    return (float) (low * Math.pow(high / low, unit()));
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  float angle() {
    return in(0, 2 * Math.PI);
  }

  /** Nearly normal, mean 0, deviation 1: the sum of four uniform draws. */
  float bell() {
    return (unit() + unit() + unit() + unit() - 2) * 1.732f;
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  String word(String... words) {
    return words[below(words.length)];
  }
}
