package io.github.anople.lab.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddleOnes() {
    assertEquals(2, new Samples(new double[] {9, 1, 2}).median());
    assertEquals(2.5, new Samples(new double[] {9, 1, 2, 3}).median());
    assertEquals(7, new Samples(new double[] {7}).median());
  }

  @Test
  void theSpreadIsTheQuartilesDistanceAsAPartOfTheMedian() {
    assertEquals(2.0 / 3, new Samples(new double[] {5, 4, 3, 2, 1}).spread(), 1e-12);
    assertEquals(0, new Samples(new double[] {4, 4}).spread());
    assertEquals(1, new Samples(new double[] {3, 1, 2}).fastest());
  }

  @Test
  void noSamplesAndNoDurationsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Samples(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> new Samples(new double[] {Double.NaN}));
    assertThrows(IllegalArgumentException.class, () -> new Samples(new double[] {-1}));
  }

  @Test
  void warmUpsAreNotCountedAndTimeEndsAfterThree() {
    AtomicInteger done = new AtomicInteger();
    assertEquals(5, new Repetitions(2, 5, 1e9).time(done::incrementAndGet).count());
    assertEquals(7, done.get());
    assertEquals(3, new Repetitions(0, 50, 0).time(done::incrementAndGet).count());
  }

  @Test
  void aTaskAtItsLimitReachesAllOfIt() {
    Limits limits = new Limits(Map.of(Limit.FP32, 100.0));
    Samples two = new Samples(new double[] {2});
    Timing bounded = new Timing("t", "s", two, new Work(100, Limit.FP32), "");

    assertEquals(OptionalDouble.of(0.5), limits.share(bounded));
    assertTrue(limits.share(new Timing("t", "s", two, Work.UNCOUNTED, "")).isEmpty());
    assertTrue(limits.share(new Timing("t", "s", two, new Work(1, Limit.INT8), "")).isEmpty());
  }

  @Test
  void agreementTellsTheLargestDifferenceAndKeepsWhatIsNoNumber() {
    float[] one = {1, 0};
    assertEquals(new Agreement(1, 0), Agreement.of(one, one));
    assertEquals(0.5, Agreement.of(one, new float[] {1, 0.5f}).largest());
    assertFalse(Agreement.of(one, new float[] {Float.NaN, 0}).within(1e9));
    assertThrows(IllegalArgumentException.class, () -> Agreement.of(one, new float[1]));
  }
}
