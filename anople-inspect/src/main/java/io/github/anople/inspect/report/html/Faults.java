package io.github.anople.inspect.report.html;

import java.util.List;

/**
 * What went wrong, as much of it as a page should hold.
 *
 * @param shown the first of the faults
 * @param more how many others there are
 */
record Faults(List<String> shown, int more) {

  private static final int MOST = 200;

  static Faults of(List<String> faults) {
    List<String> shown = faults.subList(0, Math.min(faults.size(), MOST));
    return new Faults(shown, faults.size() - shown.size());
  }
}
