package io.github.anople.lab.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the benches found, in order. */
final class Results {

  /**
   * Something that was not timed.
   *
   * @param task what it would have done
   * @param system who would have done it
   * @param reason why not
   */
  record LeftOut(String task, String system, String reason) {}

  private final List<Timing> timings = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Consumer<String> progress;

  /** Results that say a line about each, as it comes. */
  Results(Consumer<String> progress) {
    this.progress = progress;
  }

  void add(Timing timing) {
    timings.add(timing);
    progress.accept(
        timing.task() + ", " + timing.system() + ": " + Table.seconds(timing.samples().median()));
  }

  void leaveOut(String task, String system, String reason) {
    leftOut.add(new LeftOut(task, system, reason));
    progress.accept(task + ", " + system + ": left out, " + reason);
  }

  List<Timing> timings() {
    return List.copyOf(timings);
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /**
   * The first timing of a task: ours, as a user gets it; the others are told as multiples of it.
   */
  Optional<Timing> baseline(String task) {
    return timings.stream().filter(timing -> timing.task().equals(task)).findFirst();
  }
}
