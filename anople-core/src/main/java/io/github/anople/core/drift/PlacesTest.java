package io.github.anople.core.drift;

import io.github.anople.core.SplitMix64;
import io.github.anople.core.drift.Change.Kind;
import io.github.anople.core.drift.DriftReference.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether some place differs between two samples of pictures more than places do on average: the
 * largest rank statistic of all places, compared with what it is when the pictures change sides at
 * random (Westfall and Young 1993). Exact for any number of pictures, however much neighbouring
 * places depend on each other.
 */
final class PlacesTest {

  /** Enough that three of them more extreme than the window still are within the level. */
  static final int DRAWS = 9999;

  private static final long SEED = 0x5eedL;

  /** Sums of the same numbers in another order differ by less. */
  private static final float ROUNDING = 1e-3f;

  /** The smallest changes that are told, of logarithms. */
  private static final double BRIGHTNESS = 0.05;

  private static final double SHARPNESS = 0.1;

  /** More than this is no speck. */
  private static final double SPECK = 0.25;

  private final List<Seen> good;
  private final List<Seen> window;

  /** Ranks among all pictures, centred, in units of a sum's standard deviation. */
  private final float[][] ranks;

  /**
   * A test.
   *
   * @param reference pictures of the calibration
   * @param window pictures that are compared with them
   * @param brightness whether places' brightness is compared
   * @param sharpness whether their sharpness is
   */
  PlacesTest(DriftReference reference, List<Seen> window, boolean brightness, boolean sharpness) {
    this.good = reference.pictures();
    this.window = window;
    Places[] pictures =
        Stream.concat(good.stream(), window.stream())
            .map(one -> one.look().places().orElseThrow())
            .toArray(Places[]::new);
    this.ranks = new float[pictures.length][Places.SIZE];
    if (brightness) {
      rank(pictures, 0);
    }
    if (sharpness) {
      rank(pictures, Places.COUNT);
    }
  }

  /** What all places have in common is not a place's: a picture's mean rank is taken off. */
  private void rank(Places[] pictures, int first) {
    boolean[] varies = new boolean[Places.COUNT];
    int count = 0;
    for (int at = 0; at < Places.COUNT; at++) {
      varies[at] = rankOne(pictures, first + at);
      count += varies[at] ? 1 : 0;
    }
    for (float[] row : ranks) {
      double mean = 0;
      for (int at = 0; at < Places.COUNT; at++) {
        mean += row[first + at] / Math.max(1, count);
      }
      for (int at = 0; at < Places.COUNT; at++) {
        row[first + at] -= varies[at] ? (float) mean : 0;
      }
    }
  }

  /** Equal values share their ranks; says whether there are several. */
  private boolean rankOne(Places[] pictures, int at) {
    int count = pictures.length;
    int[] steps = new int[count];
    for (int i = 0; i < count; i++) {
      steps[i] = pictures[i].step(at);
    }
    int[] sorted = steps.clone();
    Arrays.sort(sorted);
    double squares = 0;
    double[] centred = new double[count];
    for (int i = 0; i < count; i++) {
      int less = first(sorted, steps[i]);
      int most = first(sorted, steps[i] + 1);
      centred[i] = (less + most - count) / 2.0;
      squares += centred[i] * centred[i];
    }
    double k = window.size();
    double deviation = Math.sqrt(squares * k * (count - k) / ((double) count * (count - 1)));
    for (int i = 0; i < count; i++) {
      ranks[i][at] = deviation == 0 ? 0 : (float) (centred[i] / deviation);
    }
    return deviation > 0;
  }

  /** The first place of a sorted array that is not less. */
  private static int first(int[] sorted, int value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * What has moved.
   *
   * @param level the largest p that is told
   */
  Optional<Change> change(double level) {
    return change(level, DRAWS);
  }

  /** The same with another number of draws, for tests. */
  Optional<Change> change(double level, int draws) {
    int[] order = new int[ranks.length];
    for (int i = 0; i < order.length; i++) {
      // The window comes first: draws exchange the first pictures with others.
      order[i] = (good.size() + i) % order.length;
    }
    float[] sums = sums(order);
    float limit = limit(order, largest(sums), level, draws);
    boolean[] moved = moved(sums, limit);
    int count = 0;
    for (boolean one : moved) {
      count += one ? 1 : 0;
    }
    double share = (double) count / Places.COUNT;
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(share > SPECK ? layout(share) : dirt(share, moved, strongest(sums, moved)));
  }

  /** What a statistic must reach; infinite where the largest does not, by chance. */
  private float limit(int[] order, float observed, double level, int draws) {
    int allowed = (int) Math.floor(level * (draws + 1)) - 1;
    if (allowed < 0) {
      return Float.POSITIVE_INFINITY;
    }
    SplitMix64 random = new SplitMix64(SEED);
    List<Float> largest = new ArrayList<>();
    int asLarge = 0;
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < window.size(); i++) {
        int other = i + random.below(order.length - i);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
      float drawn = largest(sums(order));
      if (drawn >= observed - ROUNDING && ++asLarge > allowed) {
        return Float.POSITIVE_INFINITY;
      }
      largest.add(drawn);
    }
    largest.sort(null);
    return largest.get(draws - 1 - allowed) + ROUNDING;
  }

  private float[] sums(int[] order) {
    float[] sums = new float[Places.SIZE];
    for (int i = 0; i < window.size(); i++) {
      float[] row = ranks[order[i]];
      for (int at = 0; at < sums.length; at++) {
        sums[at] += row[at];
      }
    }
    return sums;
  }

  private static float largest(float[] sums) {
    float largest = 0;
    for (float sum : sums) {
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  }

  /** Places of which brightness or sharpness is beyond the limit, by enough to matter. */
  private boolean[] moved(float[] sums, float limit) {
    boolean[] moved = new boolean[Places.COUNT];
    for (int at = 0; at < sums.length; at++) {
      if (Math.abs(sums[at]) >= limit) {
        double change =
            Medians.ofPlace(window, at, look -> 0) - Medians.ofPlace(good, at, look -> 0);
        double smallest = at < Places.COUNT ? BRIGHTNESS : SHARPNESS;
        moved[at % Places.COUNT] |= Math.abs(change) >= smallest;
      }
    }
    return moved;
  }

  private static int strongest(float[] sums, boolean[] moved) {
    int strongest = 0;
    float most = 0;
    for (int at = 0; at < sums.length; at++) {
      if (moved[at % Places.COUNT] && Math.abs(sums[at]) > most) {
        most = Math.abs(sums[at]);
        strongest = at % Places.COUNT;
      }
    }
    return strongest;
  }

  private static Change layout(double share) {
    return new Change(
        Kind.LAYOUT,
        share,
        String.format(
            Locale.ROOT,
            "the picture is another at %.0f %% of its places, and has not just become darker or less"
                + " sharp: camera, fixture or lamp have moved, or it is another product",
            100 * share),
        Optional.empty());
  }

  private static Change dirt(double share, boolean[] moved, int strongest) {
    boolean[] speck = around(moved, strongest);
    int left = Places.SIDE;
    int right = 0;
    int top = Places.SIDE;
    int bottom = 0;
    for (int at = 0; at < speck.length; at++) {
      if (speck[at]) {
        left = Math.min(left, at % Places.SIDE);
        right = Math.max(right, at % Places.SIDE + 1);
        top = Math.min(top, at / Places.SIDE);
        bottom = Math.max(bottom, at / Places.SIDE + 1);
      }
    }
    double side = Places.SIDE;
    Change.Place place =
        new Change.Place(left / side, top / side, (right - left) / side, (bottom - top) / side);
    return new Change(
        Kind.DIRT,
        share,
        String.format(
            Locale.ROOT,
            "a speck at the %s (%.1f %% of the picture): dirt on the lens, or the same fault in every"
                + " part",
            place.words(),
            100 * share),
        Optional.of(place));
  }

  /** The places that hang together with one. */
  private static boolean[] around(boolean[] moved, int start) {
    boolean[] found = new boolean[moved.length];
    Deque<Integer> left = new ArrayDeque<>(List.of(start));
    while (!left.isEmpty()) {
      int at = left.pop();
      if (found[at] || !moved[at]) {
        continue;
      }
      found[at] = true;
      for (int y = at / Places.SIDE - 1; y <= at / Places.SIDE + 1; y++) {
        for (int x = at % Places.SIDE - 1; x <= at % Places.SIDE + 1; x++) {
          if (x >= 0 && y >= 0 && x < Places.SIDE && y < Places.SIDE) {
            left.push(y * Places.SIDE + x);
          }
        }
      }
    }
    return found;
  }
}
