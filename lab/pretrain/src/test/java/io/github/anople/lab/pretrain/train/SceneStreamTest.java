package io.github.anople.lab.pretrain.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SceneStreamTest {

  private static PretrainConfig config(int steps) {
    return new PretrainConfig(3, steps, 4, 2, 6, 225, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, false);
  }

  private static PretrainConfig twins(int fresh) {
    return new PretrainConfig(3, 9, 4, fresh, 6, 225, 1e-3, 2, 1, 0.2, 0.2, 0.5, true, false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStreamThatStartsInTheMiddleGoesOnAsIfItHadNeverStopped(boolean twins) {
    PretrainConfig config = twins ? twins(2) : config(9);
    SceneStream whole = new SceneStream(config, 0);
    SceneBatch expected = null;
    for (int step = 0; step <= 5; step++) {
      expected = whole.next(step);
    }
    SceneBatch batch = new SceneStream(config, 5).next(5);
    assertArrayEquals(expected.pixels(), batch.pixels());
    assertEquals(expected.captions(), batch.captions());
    assertEquals(expected.phrases(), batch.phrases());
    assertArrayEquals(expected.patchPhrase(), batch.patchPhrase());
    assertEquals(expected.damagedNames(), batch.damagedNames());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theNumberOfThreadsChangesNothing(int threads) throws Exception {
    SceneBatch expected = new SceneStream(config(9), 4).next(4);
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      SceneBatch batch = pool.submit(() -> new SceneStream(config(9), 4).next(4)).get();
      assertArrayEquals(expected.pixels(), batch.pixels());
      assertEquals(expected.captions(), batch.captions());
      assertArrayEquals(expected.patchPhrase(), batch.patchPhrase());
      assertArrayEquals(expected.patchDamaged(), batch.patchDamaged());
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void labelsAgreeWithOneAnother() {
    SceneStream stream = new SceneStream(config(9), 0);
    for (int step = 0; step < 3; step++) {
      SceneBatch batch = stream.next(step);
      int patches = batch.patchPhrase().length / batch.images();
      for (int image = 0; image < batch.images(); image++) {
        boolean damaged = false;
        for (int p = 0; p < patches; p++) {
          int at = image * patches + p;
          assertTrue(batch.patchPhrase()[at] < batch.phrases().size());
          damaged |= batch.patchDamaged()[at] == 1;
        }
        assertEquals(damaged, batch.imageDamaged()[image]);
      }
      for (float value : batch.pixels()) {
        assertTrue(value >= 0 && value <= 1);
      }
    }
  }

  @Test
  void aDamagedScenesTwinIsWhole() {
    SceneStream stream = new SceneStream(twins(4), 0);
    int pairs = 0;
    for (int step = 0; step < 4; step++) {
      SceneBatch batch = stream.next(step);
      for (int image = 0; image < batch.images(); image += 2) {
        if (batch.imageDamaged()[image]) {
          assertFalse(batch.imageDamaged()[image + 1]);
          pairs++;
        }
      }
    }
    assertTrue(pairs > 0);
  }

  @Test
  void keptPatchesAreDrawnAnewForEachStepAndCarryTheirLabels() {
    PretrainConfig config =
        new PretrainConfig(3, 9, 4, 2, 6, 50, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, false);
    int[] first = config.patches(0);
    assertEquals(50, Arrays.stream(first).distinct().count());
    assertTrue(!Arrays.equals(first, config.patches(1)));
    SceneBatch batch = new SceneStream(config, 0).next(0);
    long[] phrases = batch.patchPhrase(first);
    byte[] damaged = batch.patchDamaged(first);
    int at = 2 * 50 + 7; // image 2, the eighth kept patch
    assertEquals(batch.patchPhrase()[2 * 225 + first[7]], phrases[at]);
    assertEquals(batch.patchDamaged()[2 * 225 + first[7]], damaged[at]);
  }

  @Test
  void theRateRisesThenFalls() {
    PretrainConfig config = config(100);
    assertEquals(0.5e-3, config.rate(0), 1e-9);
    assertEquals(1e-3, config.rate(2), 1e-6);
    assertTrue(config.rate(50) < config.rate(10));
    assertTrue(config.rate(99) > 0);
  }

  @Test
  void settingsThatDoNotFitTogetherAreRefused() {
    assertThrows(
        InputException.class,
        () -> new PretrainConfig(3, 9, 4, 5, 6, 225, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, false));
    assertThrows(InputException.class, () -> twins(3));
    assertThrows(
        InputException.class,
        () -> new PretrainConfig(3, 9, 4, 2, 6, 226, 1e-3, 2, 1, 0.2, 0.2, 0.5, false, false));
    assertThrows(
        InputException.class,
        () ->
            new PretrainConfig(3, 9, 4, 2, 6, 225, Double.NaN, 2, 1, 0.2, 0.2, 0.5, false, false));
  }
}
