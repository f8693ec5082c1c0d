package io.github.anople.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.drift.Change.Kind;
import io.github.anople.core.drift.DriftReference.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {

  private static final DriftReference REFERENCE =
      DriftReference.of(Looks.draw(new Random(8), 30, Looks.USUAL));

  /** A line in the course of a day: usual, dark for a while, usual again. */
  private static List<Seen> day() {
    List<Seen> day = new ArrayList<>(Looks.draw(new Random(9), 40, Looks.USUAL));
    day.addAll(Looks.draw(new Random(10), 60, (x, y, level) -> 0.75 * level));
    day.addAll(Looks.draw(new Random(11), 40, Looks.USUAL));
    return day;
  }

  private static List<Drift> follow(DriftMonitor monitor, List<Seen> day, int from, int to) {
    List<Drift> told = new ArrayList<>();
    for (int i = from; i < to; i++) {
      told.addAll(monitor.add(Integer.toString(i), day.get(i)));
    }
    return told;
  }

  @Test
  void aChangeIsToldWhenItBeginsAndWhenItEndsAndNotBetween() {
    DriftMonitor monitor = new DriftMonitor(REFERENCE);
    List<Seen> day = day();
    List<Drift> told = follow(monitor, day, 0, day.size());
    assertEquals(2, told.size(), told::toString);
    assertTrue(told.stream().allMatch(one -> one.change().kind() == Kind.LIGHT));
    int began = Integer.parseInt(told.get(0).began());
    assertTrue(began >= 40 && began < 60, "found within 20 pictures, with " + began);
    int ended = Integer.parseInt(told.get(1).ended().orElseThrow());
    assertTrue(ended >= 100 && ended < 120, "over within 20 pictures, with " + ended);
    assertTrue(told.get(1).words().startsWith("no longer so: the light"));
    assertEquals(List.of(told.get(1)), monitor.summary().drifts());
  }

  @Test
  void aMonitorThatBeganAnewGoesOnWhereTheOtherWas() {
    List<Seen> day = day();
    DriftMonitor whole = new DriftMonitor(REFERENCE);
    List<Drift> expected = follow(whole, day, 0, day.size());
    for (int stop : new int[] {0, 30, 60, 65, 100, 130}) {
      DriftMonitor first = new DriftMonitor(REFERENCE);
      List<Drift> told = follow(first, day, 0, stop);
      DriftMonitor second = new DriftMonitor(REFERENCE);
      for (int i = 0; i < stop; i++) {
        // Only the last window needs its places.
        Seen seen = day.get(i);
        boolean last = i >= stop - DriftTest.WINDOW;
        second.recall(
            Integer.toString(i), last ? seen : new Seen(seen.score(), seen.look().whole()));
      }
      told.forEach(second::recall);
      told.addAll(follow(second, day, stop, day.size()));
      assertEquals(expected, told, "stopped at " + stop);
    }
  }

  @Test
  void theEndOfARunIsLookedAtToo() {
    DriftMonitor monitor = new DriftMonitor(REFERENCE);
    List<Seen> dark = Looks.draw(new Random(12), 15, (x, y, level) -> 0.7 * level);
    List<Seen> usual = Looks.draw(new Random(13), 9, Looks.USUAL);
    assertEquals(List.of(), follow(monitor, usual, 0, 9));
    assertEquals(List.of(), monitor.finish());
    assertTrue(monitor.summary().unable().orElseThrow().contains("at least 10"));
    List<Drift> told = follow(monitor, dark, 0, 15);
    assertEquals(List.of(), told);
    told.addAll(monitor.finish());
    assertEquals(1, told.size(), told::toString);
  }

  @Test
  void aCalibrationOfTooFewSaysHowManyAreNeeded() {
    DriftMonitor monitor = new DriftMonitor(DriftReference.of(REFERENCE.pictures().subList(0, 3)));
    List<Seen> day = day();
    assertEquals(List.of(), follow(monitor, day, 0, day.size()));
    String why = monitor.summary().unable().orElseThrow();
    assertTrue(why.contains("the calibration has 3, and 5 are needed"), why);
    assertEquals(0, monitor.summary().windows());
  }
}
