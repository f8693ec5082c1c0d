package io.github.anople.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.drift.Change.Kind;
import io.github.anople.core.drift.DriftReference.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTestTest {

  private static final List<Seen> GOOD = Looks.draw(new Random(1), 40, Looks.USUAL);
  private static final DriftTest TEST = new DriftTest(DriftReference.of(GOOD));

  private static List<Change> changes(List<Seen> window) {
    return TEST.changes(window, Set.of());
  }

  private static List<Seen> window(Looks.Camera camera) {
    return Looks.draw(new Random(2), DriftTest.WINDOW, camera);
  }

  private static Change only(List<Change> changes, Kind kind) {
    assertEquals(List.of(kind), changes.stream().map(Change::kind).toList(), changes::toString);
    return changes.get(0);
  }

  @Test
  void unchangedPicturesAreNotTold() {
    assertEquals(List.of(), changes(window(Looks.USUAL)));
  }

  @Test
  void aDarkerLampIsTheLightAndNothingElse() {
    Change change = only(changes(window((x, y, level) -> 0.8 * level)), Kind.LIGHT);
    assertEquals(-0.2, change.size(), 0.02);
    assertTrue(change.words().contains("darker than at calibration"), change.words());
  }

  @Test
  void aBlurredPictureIsTheFocusAndNothingElse() {
    Random random = new Random(3);
    List<Seen> window = new ArrayList<>();
    for (int i = 0; i < DriftTest.WINDOW; i++) {
      Look look = Look.of(Looks.blurred(Looks.picture(random, Looks.USUAL)));
      window.add(new Seen(0.12f, look));
    }
    assertTrue(only(changes(window), Kind.FOCUS).size() < -0.1);
  }

  @Test
  void aSpeckIsFoundWhereItIs() {
    Change change =
        only(
            changes(window((x, y, level) -> Math.hypot(x - 20, y - 75) < 5 ? 0.5 * level : level)),
            Kind.DIRT);
    assertTrue(change.words().startsWith("a speck at the lower left"), change.words());
    Change.Place place = change.place().orElseThrow();
    assertEquals(20.0 / Looks.SIDE, place.x() + place.width() / 2, 0.05);
    assertEquals(75.0 / Looks.SIDE, place.y() + place.height() / 2, 0.05);
  }

  @Test
  void aPartThatLiesElsewhereIsTheLayout() {
    List<Seen> window = window((x, y, level) -> x < Looks.SIDE / 2 ? 0.7 * level : 1.3 * level);
    assertTrue(
        changes(window).stream().map(Change::kind).toList().contains(Kind.LAYOUT),
        () -> changes(window).toString());
  }

  @Test
  void aStreakOfDefectsIsNotCalledTheLight() {
    Random places = new Random(4);
    List<Seen> window = new ArrayList<>();
    for (int i = 0; i < DriftTest.WINDOW; i++) {
      int left = places.nextInt(60);
      int top = places.nextInt(60);
      // A ninth of the picture black: the mean is darker by more than what is told.
      Looks.Camera hole =
          (x, y, level) -> x >= left && x < left + 32 && y >= top && y < top + 32 ? 0 : level;
      window.addAll(Looks.draw(new Random(100 + i), 1, hole));
    }
    List<Kind> told = changes(window).stream().map(Change::kind).toList();
    assertFalse(told.contains(Kind.LIGHT) || told.contains(Kind.FOCUS), told::toString);
  }

  @Test
  void scoresThatRiseAreToldAsScores() {
    List<Seen> window = new ArrayList<>();
    window(Looks.USUAL).forEach(one -> window.add(new Seen(0.2f, one.look())));
    Change change = only(changes(window), Kind.SCORES);
    assertTrue(change.words().startsWith("scores have risen: the middle one of 20 is 0.2000"));
  }

  @Test
  void withoutPlacesLightIsStillTold() {
    List<Seen> window = new ArrayList<>();
    window((x, y, level) -> 0.8 * level)
        .forEach(one -> window.add(new Seen(one.score(), one.look().whole())));
    only(changes(window), Kind.LIGHT);
  }

  @Test
  void tooFewPicturesTellNothingHoweverMuchHasMoved() {
    assertEquals(5, DriftTest.needed(DriftTest.WINDOW));
    List<Seen> dark = window((x, y, level) -> 0.2 * level);
    for (int count = 1; count < GOOD.size(); count++) {
      DriftTest test = new DriftTest(DriftReference.of(GOOD.subList(0, count)));
      assertEquals(count >= 5, test.canTell(DriftTest.WINDOW), count + " pictures");
      assertEquals(count >= 5, !test.changes(dark, Set.of()).isEmpty(), count + " pictures");
    }
    assertFalse(TEST.canTell(DriftTest.LEAST - 1));
    assertEquals(List.of(), changes(dark.subList(0, DriftTest.LEAST - 1)));
  }

  /** Looks without any part: what matters is that all pictures are drawn alike. */
  private static List<Seen> exchangeable(Random random, int count) {
    List<Seen> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] places = new double[Places.SIZE];
      double common = random.nextGaussian();
      for (int at = 0; at < places.length; at++) {
        // Heavy tails, some of them shared, and some places that hardly vary.
        places[at] =
            at % 7 == 0 ? 0 : 0.1 * common + 0.2 * Math.tan(3 * (random.nextDouble() - 0.5));
      }
      List<Float> numbers = new ArrayList<>();
      for (int j = 0; j < Look.NAMES.size(); j++) {
        numbers.add((float) (common + random.nextGaussian()));
      }
      drawn.add(new Seen(random.nextFloat(), Look.of(numbers, Optional.of(Places.of(places)))));
    }
    return drawn;
  }

  /**
   * The stated rate itself, at levels where it can be counted: of windows drawn like the reference
   * at most the level is told.
   */
  @Test
  void placesKeepTheirLevelOnExchangeablePictures() {
    long seed = 20240911L;
    System.out.println("level of places: seed " + seed);
    Random random = new Random(seed);
    int trials = 200;
    for (double level : new double[] {0.05, 0.2}) {
      int told = 0;
      for (int trial = 0; trial < trials; trial++) {
        DriftReference reference = new DriftReference(exchangeable(random, 2 + trial % 11));
        List<Seen> window = exchangeable(random, 4 + trial % 8);
        if (new PlacesTest(reference, window, true, true).change(level, 99).isPresent()) {
          told++;
        }
      }
      double spread = Math.sqrt(level * (1 - level) / trials);
      assertTrue(told <= trials * (level + 3 * spread), told + " of " + trials + " at " + level);
      // A test that tells nothing would keep any level.
      assertTrue(told >= trials * level / 4, told + " of " + trials + " at " + level);
    }
  }

  @Test
  void windowsOfUnchangedPicturesAreHardlyEverTold() {
    long seed = 20240912L;
    System.out.println("unchanged windows: seed " + seed);
    Random random = new Random(seed);
    int told = 0;
    for (int trial = 0; trial < 200; trial++) {
      List<Seen> all = exchangeable(random, 35);
      Collections.shuffle(all, random);
      DriftReference reference = new DriftReference(all.subList(0, 15));
      if (!new DriftTest(reference).changes(all.subList(15, 35), Set.of()).isEmpty()) {
        told++;
      }
    }
    // 0.2 are expected at most; more than 4 have a chance below 1 in 100,000.
    assertTrue(told <= 4, told + " of 200");
  }

  @Test
  void theSameWindowIsToldInTheSameWayAgain() {
    List<Seen> window =
        window((x, y, level) -> Math.hypot(x - 20, y - 75) < 5 ? 0.5 * level : level);
    assertEquals(changes(window), changes(window));
  }
}
