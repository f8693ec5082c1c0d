package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.anople.core.Fixtures;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.StemBackbone;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image tower with V-V attention beside its own. */
class ValueStreamTest {

  @TempDir private Path folder;

  private static ClipModel tiny() {
    return OpenClipWeights.open(Fixtures.golden("tiny_clip")).load(Precision.FP32);
  }

  private ClipModel stemmed(int layer, double deviation) {
    Path written = StemBackbone.write(folder.resolve("stem" + deviation), layer, deviation);
    return OpenClipWeights.open(written).load(Precision.FP32);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theTowersOwnRowsAreWhatTheyAreWithoutIt(int stemLayer) {
    try (ClipModel clip = stemmed(stemLayer, 0.3)) {
      TensorScope.inference(
          () -> {
            Tensor images = GoldenModel.images(clip);
            Set<Integer> layers = Set.of(1, 4);
            VisionEncoder.Output own = clip.vision().encode(images, null, layers);
            VisionEncoder.ValueOutput both = clip.vision().encodeWithValues(images, 1, layers);
            assertArrayEquals(Tensors.floats(own.image()), Tensors.floats(both.image()));
            for (int layer : layers) {
              assertArrayEquals(
                  Tensors.floats(own.layers().get(layer)),
                  Tensors.floats(both.layers().get(layer)));
            }
            assertEquals(Set.of(1), both.attended().keySet());
            return null;
          });
    }
  }

  @Test
  void layersBeforeTheFirstAddNothing() {
    try (ClipModel clip = tiny()) {
      int layers = clip.config().vision().layers();
      float[] start = values(clip, layers + 1);
      float[] last = values(clip, layers);
      float[] all = values(clip, 1);

      assertFalse(Arrays.equals(start, last));
      assertFalse(Arrays.equals(last, all));
      assertEquals(start.length, all.length);
    }
  }

  /** With no layer that adds to it, the stream is what comes in, and what the stem brings later. */
  @Test
  void whatAStemAddsTheStreamGetsToo() {
    try (ClipModel plain = stemmed(2, 0);
        ClipModel stem = stemmed(2, 0.3)) {
      int none = plain.config().vision().layers() + 1;
      float[] added = difference(layer(stem, 2), layer(plain, 2));

      assertArrayEquals(added, difference(values(stem, none), values(plain, none)), 1e-4f);
    }
  }

  private static float[] values(ClipModel clip, int first) {
    return TensorScope.inference(
        () ->
            Tensors.floats(
                clip.vision()
                    .encodeWithValues(GoldenModel.images(clip), first, Set.of())
                    .values()));
  }

  private static float[] layer(ClipModel clip, int layer) {
    return TensorScope.inference(
        () ->
            Tensors.floats(
                clip.vision()
                    .encode(GoldenModel.images(clip), null, Set.of(layer))
                    .layers()
                    .get(layer)));
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
