package io.github.anople.core.decide;

import io.github.anople.core.detect.ScoreMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Connected places of a map by the plainest means: sets of pixels that are merged as long as two of
 * them touch. As slow as it is hard to get wrong.
 */
final class FloodFill {

  /** A pixel of a map. */
  record Pixel(int row, int column) {

    boolean touches(Pixel other) {
      return Math.abs(row - other.row) <= 1 && Math.abs(column - other.column) <= 1;
    }
  }

  private FloodFill() {}

  /** The places whose values are greater than the threshold. */
  static List<List<Pixel>> above(ScoreMap map, float threshold) {
    List<List<Pixel>> places = new ArrayList<>();
    for (int row = 0; row < map.height(); row++) {
      for (int column = 0; column < map.width(); column++) {
        if (map.at(row, column) > threshold) {
          places.add(new ArrayList<>(List.of(new Pixel(row, column))));
        }
      }
    }
    while (mergeTwo(places)) {
      // Until no two touch.
    }
    return places;
  }

  private static boolean mergeTwo(List<List<Pixel>> places) {
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        List<Pixel> one = places.get(i);
        List<Pixel> other = places.get(j);
        if (one.stream().anyMatch(pixel -> other.stream().anyMatch(pixel::touches))) {
          one.addAll(places.remove(j));
          return true;
        }
      }
    }
    return false;
  }
}
