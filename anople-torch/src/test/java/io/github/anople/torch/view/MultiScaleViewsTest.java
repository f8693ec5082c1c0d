package io.github.anople.torch.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MultiScaleViewsTest {

  private final Golden simulate = Golden.open("simulate.safetensors");
  private final int side = (int) simulate.shape("views/out")[2];

  @Test
  void quadrantsAndWholeMatchTheReference() {
    // The README: the views are those of the blended picture and its mask.
    MultiScaleViews views = new MultiScaleViews(side, true);
    simulate.check("views/out", views.of(simulate.floats("blend/out")));
    byte[] masks = views.ofMask(bytes("blend/mask"));
    long[] expected = simulate.longs("views/mask");
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], masks[i]);
    }
  }

  @Test
  void withoutSubImagesOnlyTheWholeIsLeft() {
    MultiScaleViews all = new MultiScaleViews(side, true);
    MultiScaleViews whole = new MultiScaleViews(side, false);
    float[] image = simulate.floats("blend/out");
    float[] views = all.of(image);
    int size = 3 * side * side;
    assertEquals(1, whole.count());
    assertArrayEquals(
        Arrays.copyOfRange(views, views.length - size, views.length), whole.of(image));
  }

  private byte[] bytes(String name) {
    long[] values = simulate.longs(name);
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
