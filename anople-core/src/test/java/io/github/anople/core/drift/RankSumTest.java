package io.github.anople.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankSumTest {

  private static double p(double[] reference, double[] window) {
    return new RankSum(reference.length, window.length).p(reference, window);
  }

  /** All ways to choose which of the pooled values are the window's. */
  private static List<Double> all(double[] pooled, int window) {
    List<Double> found = new ArrayList<>();
    for (int mask = 0; mask < 1 << pooled.length; mask++) {
      if (Integer.bitCount(mask) != window) {
        continue;
      }
      double[] reference = new double[pooled.length - window];
      double[] chosen = new double[window];
      for (int i = 0, r = 0, w = 0; i < pooled.length; i++) {
        if ((mask >> i & 1) == 1) {
          chosen[w++] = pooled[i];
        } else {
          reference[r++] = pooled[i];
        }
      }
      found.add(p(reference, chosen));
    }
    return found;
  }

  @Test
  void pIsTheShareOfAllOrdersThatAreAsExtreme() {
    for (int reference = 1; reference <= 7; reference++) {
      for (int window = 1; window <= 6; window++) {
        double[] pooled = new double[reference + window];
        for (int i = 0; i < pooled.length; i++) {
          pooled[i] = i * i;
        }
        List<Double> all = all(pooled, window);
        for (double p : all) {
          long asExtreme = all.stream().filter(other -> other <= p + 1e-12).count();
          double share = (double) asExtreme / all.size();
          // Both sides together: a p of 1 is what is left where they meet.
          assertTrue(share <= p + 1e-9, p + " but " + share);
          if (p < 1) {
            assertEquals(share, p, 1e-9);
          }
        }
        assertEquals(
            RankSum.smallest(reference, window),
            all.stream().min(Double::compare).orElseThrow(),
            1e-12);
      }
    }
  }

  @Test
  void tiesNeverMakeAlarmsMoreFrequent() {
    for (double[] pooled :
        List.of(
            new double[] {0, 0, 0, 0, 0, 0, 0, 0},
            new double[] {0, 0, 0, 1, 1, 1, 1, 1},
            new double[] {0, 1, 1, 2, 2, 2, 3, 9})) {
      for (int window = 1; window < pooled.length; window++) {
        List<Double> all = all(pooled, window);
        for (double level : all) {
          long told = all.stream().filter(p -> p <= level).count();
          assertTrue((double) told / all.size() <= level + 1e-9, "level " + level);
        }
      }
    }
    assertEquals(1, p(new double[] {5, 5, 5}, new double[] {5, 5}));
  }

  @Test
  void tailsOfManyPicturesAreThoseOfTheBinomialCoefficient() {
    double[] good = new double[128];
    double[] seen = new double[20];
    Arrays.fill(seen, 1);
    double p = p(good, seen);
    assertEquals(RankSum.smallest(128, 20), p, 1e-9 * p);
  }
}
