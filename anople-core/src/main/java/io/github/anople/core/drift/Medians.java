package io.github.anople.core.drift;

import io.github.anople.core.drift.DriftReference.Seen;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Middle values: a few pictures or places that are unlike the others do not move them. */
final class Medians {

  private Medians() {}

  /** Of sorted values, at least one. */
  static double of(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Of what is known of each place; NaN is nothing. 0 where nothing is known. */
  static double ofPlaces(IntToDoubleFunction value) {
    double[] known =
        IntStream.range(0, Places.COUNT)
            .mapToDouble(value)
            .filter(one -> !Double.isNaN(one))
            .sorted()
            .toArray();
    return known.length == 0 ? 0 : of(known);
  }

  /** Of one number of the places of pictures, on top of a number of each picture. */
  static double ofPlace(List<Seen> pictures, int at, ToDoubleFunction<Look> base) {
    double[] values = new double[pictures.size()];
    for (int i = 0; i < values.length; i++) {
      Look look = pictures.get(i).look();
      values[i] = Places.STEP * look.places().orElseThrow().step(at) + base.applyAsDouble(look);
    }
    Arrays.sort(values);
    return of(values);
  }
}
