package io.github.anople.inspect.report.html;

import java.util.ArrayList;
import java.util.List;

/** Bounds what a page holds. */
final class Thinned {

  private Thinned() {}

  /** At most so many of a list, evenly spread, the first and the last among them. */
  static <T> List<T> to(int most, List<T> all) {
    if (all.size() <= most) {
      return all;
    }
    List<T> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
    }
    return some;
  }
}
