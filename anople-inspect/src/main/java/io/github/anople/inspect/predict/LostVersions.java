package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Contents of a name that were seen and were gone before they could be scored. A camera that
 * overwrites its picture too fast loses some each minute, so of one name the first is told, the
 * second, the fourth and so on, and the last count in the end.
 */
final class LostVersions {

  private final Map<String, Loss> losses = new TreeMap<>();

  /** So many of a name, of which so many are told. */
  private record Loss(Failure failure, long times, long told) {}

  /** What an earlier watch has told. */
  void resume(String relative, Failure failure, long times) {
    losses.put(relative, new Loss(failure, times, times));
  }

  /** One more is gone. */
  void add(String relative, String shown, Consumer<Journal.Entry> tell) {
    Loss before = losses.get(relative);
    long times = before == null ? 1 : before.times + 1;
    long told = before == null ? 0 : before.told;
    losses.put(relative, new Loss(Failure.of(shown, fault(shown, times)), times, told));
    if (times >= 2 * told) {
      tell(relative, tell);
    }
  }

  /** Tells the last counts. */
  void finish(Consumer<Journal.Entry> tell) {
    List.copyOf(losses.entrySet()).stream()
        .filter(loss -> loss.getValue().told < loss.getValue().times)
        .forEach(loss -> tell(loss.getKey(), tell));
  }

  /** All names of which something is lost, sorted. */
  List<Failure> failures() {
    List<Failure> all = new ArrayList<>();
    losses.values().forEach(loss -> all.add(loss.failure));
    return all;
  }

  /** What is to be said of a name. */
  Failure failure(String relative) {
    return losses.get(relative).failure;
  }

  private void tell(String relative, Consumer<Journal.Entry> tell) {
    Loss loss = losses.get(relative);
    losses.put(relative, new Loss(loss.failure, loss.times, loss.times));
    tell.accept(Journal.Entry.lost(relative, loss.times, loss.failure.reason()));
  }

  private static InputException fault(String shown, long times) {
    return new InputException(
        shown,
        (times == 1 ? "was" : times + " versions were")
            + " overwritten or removed before being scored",
        "give each picture a name of its own, and leave it there until it is scored");
  }
}
