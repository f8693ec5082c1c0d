package io.github.anople.core.drift;

import io.github.anople.core.drift.Change.Kind;
import io.github.anople.core.drift.DriftReference.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a line's pictures: of each five, the last twenty are compared with those of the
 * calibration, and a change is told when it begins and when it ends. All pictures count, whatever
 * their verdict: in the dark all are NOT OK. For one thread.
 */
public final class DriftMonitor {

  /**
   * Windows overlap, so that what lasts is noticed early. They end with every fifth picture,
   * whenever the monitor began anew.
   */
  static final int STEP = 5;

  private final int calibrated;
  private final DriftTest test;
  private final Deque<Seen> window = new ArrayDeque<>();
  private final List<Drift> drifts = new ArrayList<>();
  private final Map<Kind, Integer> lasting = new EnumMap<>(Kind.class);
  private Optional<String> last = Optional.empty();
  private long pictures;
  private long windows;
  private boolean blind;

  /**
   * A monitor that has seen nothing.
   *
   * @param reference what is compared with
   */
  public DriftMonitor(DriftReference reference) {
    this.calibrated = reference.pictures().size();
    this.test = new DriftTest(reference);
  }

  /**
   * The next picture.
   *
   * @param path its name, for what is told
   * @param seen its score and look
   * @return what has begun with it, or ended; mostly nothing
   */
  public List<Drift> add(String path, Seen seen) {
    recall(path, seen);
    return pictures % STEP == 0 ? compare() : List.of();
  }

  /**
   * A run has ended: what came after the last window is looked at, too.
   *
   * @return what has begun, or ended
   */
  public List<Drift> finish() {
    return pictures % STEP == 0 ? List.of() : compare();
  }

  /**
   * A picture of an earlier watch, of which all is told.
   *
   * @param path its name
   * @param seen its score and look
   */
  public void recall(String path, Seen seen) {
    window.addLast(seen);
    if (window.size() > DriftTest.WINDOW) {
      window.removeFirst();
    }
    blind |= seen.look().places().isEmpty();
    last = Optional.of(path);
    pictures++;
  }

  /**
   * What an earlier watch has told, in its order.
   *
   * @param drift that began, or ended
   */
  public void recall(Drift drift) {
    Kind kind = drift.change().kind();
    Integer known = lasting.get(kind);
    if (known == null) {
      lasting.put(kind, drifts.size());
      drifts.add(drift);
    } else {
      drifts.set(known, drift);
    }
    if (!drift.lasts()) {
      lasting.remove(kind);
    }
  }

  private List<Drift> compare() {
    if (!test.canTell(window.size())) {
      return List.of();
    }
    windows++;
    List<Drift> told = new ArrayList<>();
    Map<Kind, Change> found = new EnumMap<>(Kind.class);
    test.changes(List.copyOf(window), lasting.keySet())
        .forEach(change -> found.put(change.kind(), change));
    String path = last.orElseThrow();
    for (Kind kind : List.copyOf(lasting.keySet())) {
      if (!found.containsKey(kind)) {
        int at = lasting.remove(kind);
        drifts.set(at, drifts.get(at).endedWith(path));
        told.add(drifts.get(at));
      }
    }
    found.forEach(
        (kind, change) -> {
          if (!lasting.containsKey(kind)) {
            Drift drift = new Drift(change, path);
            lasting.put(kind, drifts.size());
            drifts.add(drift);
            told.add(drift);
          }
        });
    return told;
  }

  /**
   * What was noticed so far.
   *
   * @return a value
   */
  public DriftSummary summary() {
    return new DriftSummary(calibrated, pictures, windows, blind, drifts);
  }
}
