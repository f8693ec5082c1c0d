package io.github.anople.inspect.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void keysHaveTheOrderOfTheirNumbersAndGiveThemBack() {
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      float a = finite(random);
      float b = finite(random);
      assertEquals(Float.compare(a, b), Integer.compare(Keys.of(a), Keys.of(b)), a + ", " + b);
      assertEquals(a, Keys.value(Keys.of(a)));
    }
    assertEquals(Keys.of(0f), Keys.of(-0f));
  }

  private static float finite(Random random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value + 0.0f : 1;
  }

  @Test
  void sortingSorts() {
    for (long seed = 0; seed < 50; seed++) {
      int[] keys = new Random(seed).ints(seed * 40).toArray();
      int[] expected = keys.clone();
      Arrays.sort(expected);
      assertArrayEquals(expected, Keys.sort(keys), "seed " + seed);
    }
  }
}
