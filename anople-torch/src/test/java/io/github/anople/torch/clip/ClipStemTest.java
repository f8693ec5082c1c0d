package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.StemBackbone;
import io.github.anople.torch.encoder.TrunkBlock;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipStemTest {

  private static final ComputeDevice META = new ComputeDevice(ComputeDevice.Kind.META, 0);
  private static final List<RgbImage> IMAGES =
      List.of(RgbImage.of(SyntheticParts.good(0)), RgbImage.of(SyntheticParts.scratched(1)));

  @TempDir private Path folder;

  private ClipModel tiny() {
    return OpenClipWeights.open(Fixtures.golden("tiny_clip")).load(Precision.FP32);
  }

  private ClipModel stemmed(int layer, double deviation, Precision precision) {
    Path written = StemBackbone.write(folder.resolve("stem"), layer, deviation);
    return OpenClipWeights.open(written).load(precision);
  }

  private static Tensor images(ClipModel clip) {
    int side = clip.config().vision().imageSize();
    Tensor[] parts =
        IMAGES.stream()
            .map(image -> clip.config().normalization().preprocess(image, side))
            .map(pixels -> Tensors.of(pixels, 1, 3, side, side))
            .toArray(Tensor[]::new);
    return clip.device().place(Tensors.concat(0, parts));
  }

  private static float[] of(ClipModel clip, Function<Tensor, Tensor> what) {
    return TensorScope.inference(() -> Tensors.floats(what.apply(images(clip))));
  }

  @Test
  void theTrunksShapesAreThoseOfTheShippedWeights() {
    TrunkWeights weights = TrunkWeights.read();
    TrunkBlock.shapes(9)
        .forEach((name, shape) -> assertEquals(shape, weights.get(name).shape(), name));
    assertEquals(6, TrunkBlock.shapes(0).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void aProjectionOfZerosChangesNothing(int layer) {
    try (ClipModel plain = tiny();
        ClipModel stem = stemmed(layer, 0, Precision.FP32)) {
      assertArrayEquals(
          of(plain, images -> plain.vision().encode(images).patches()),
          of(stem, images -> stem.vision().encode(images).patches()));
      assertArrayEquals(plain.embedImage(IMAGES.get(0)), stem.embedImage(IMAGES.get(0)));
    }
  }

  @Test
  void afterItsLayerEachPatchHasItsProjectedRowAdded() {
    try (ClipModel plain = tiny();
        ClipModel stem = stemmed(2, 0.3, Precision.FP32)) {
      float[] expected = of(plain, images -> layer(plain, images, 2).add(expected(stem)));
      assertArrayEquals(expected, of(stem, images -> layer(stem, images, 2)), 1e-4f);
      assertArrayEquals(
          of(plain, images -> layer(plain, images, 1)), of(stem, images -> layer(stem, images, 1)));
      assertFalse(Arrays.equals(plain.embedImage(IMAGES.get(0)), stem.embedImage(IMAGES.get(0))));
    }
  }

  @Test
  void theRowsOfAPartOfThePatchesAreTheirOwn() {
    long[] kept = {1, 3, 4, 10};
    try (ClipModel plain = tiny();
        ClipModel stem = stemmed(1, 0.3, Precision.FP32)) {
      float[] with =
          of(stem, images -> stem.vision().encode(images, null, Set.of(1), kept).layers().get(1));
      float[] expected =
          of(
              plain,
              images ->
                  plain
                      .vision()
                      .encode(images, null, Set.of(1), kept)
                      .layers()
                      .get(1)
                      .add(expected(stem).index_select(1, Tensors.of(kept, kept.length))));
      assertArrayEquals(expected, with, 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aWindowOfAllPatchesIsTheWholeImage(int layer) {
    try (ClipModel stem = stemmed(layer, 0.3, Precision.FP32)) {
      long[][] all = {IntStream.range(0, 16).asLongStream().toArray()};
      assertArrayEquals(
          of(stem, images -> stem.vision().encode(images).image()),
          of(stem, images -> stem.vision().encodeWindows(images, all)),
          1e-5f);
    }
  }

  /** The trunk's own encoder on the images before they were normalised, projected. */
  private static Tensor expected(ClipModel stem) {
    ClipConfig config = stem.config();
    int side = config.vision().imageSize();
    Tensor[] plain =
        IMAGES.stream()
            .map(image -> Resampler.resize(image, side, side))
            .map(image -> Tensors.of(image.toPlanar(), 1, 3, side, side))
            .toArray(Tensor[]::new);
    try (TrunkEncoder trunk =
        new TrunkEncoder(
            config.vision().trunk().orElseThrow(), TrunkWeights.read(), ComputeDevice.CPU)) {
      return trunk
          .encode(Tensors.concat(0, plain))
          .matmul(stem.weights().get(ClipStem.PROJECTION).t());
    }
  }

  private static Tensor layer(ClipModel clip, Tensor images, int layer) {
    return clip.vision().encode(images, null, Set.of(layer)).layers().get(layer);
  }

  @Test
  void bf16ComputesTheStemInFp32() {
    Path written = StemBackbone.write(folder.resolve("both"), 2, 0.3);
    try (ClipModel plain = OpenClipWeights.open(Fixtures.golden("tiny_clip")).load(Precision.BF16);
        ClipModel stem = OpenClipWeights.open(written).load(Precision.BF16)) {
      float[] expected = of(plain, images -> layer(plain, images, 2).add(expected(stem)));
      assertArrayEquals(expected, of(stem, images -> layer(stem, images, 2)), 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void gradientsReachTheProjectionAndNotTheTrunk(int layer) {
    try (ClipModel stem = stemmed(layer, 0.3, Precision.FP32)) {
      Map<String, FloatTensor> values = new LinkedHashMap<>();
      Map<String, List<Long>> shapes = ClipTensorNames.shapes(stem.config());
      shapes.forEach(
          (name, shape) ->
              values.put(
                  name,
                  TensorScope.call(
                      () -> new FloatTensor(shape, Tensors.floats(stem.weights().get(name))))));
      try (Parameters all = Parameters.of(values, true)) {
        TensorScope.run(
            () -> {
              try (OwnedTensors owner = new OwnedTensors()) {
                ClipTowers towers = ClipTowers.of(stem.config(), all::get, Precision.FP32, owner);
                towers.vision().encode(images(stem)).image().square().sum().backward();
              }
            });
        Map<String, Boolean> moved = new HashMap<>();
        shapes.keySet().forEach(name -> moved.put(name, all.get(name).grad().defined()));
        assertTrue(moved.get(ClipStem.PROJECTION));
        assertTrue(
            TensorScope.<Boolean>call(
                () -> all.get(ClipStem.PROJECTION).grad().abs().sum().item_float() > 0));
        moved.forEach(
            (name, defined) -> {
              if (name.startsWith(ClipStem.TRUNK)) {
                assertFalse(defined, name);
              }
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void itStaysOnItsDevice(Precision precision) {
    Path written = StemBackbone.write(folder.resolve("meta"), 2, 0.3);
    try (ClipModel clip = OpenClipWeights.open(written).load(precision, META)) {
      TensorScope.inference(
          () -> {
            Tensor images = images(clip);
            assertTrue(clip.vision().encode(images).image().is_meta());
            assertTrue(
                clip.vision().encodeWindows(images, new long[][] {{0, 1}, {1, 2}}).is_meta());
            return null;
          });
    }
  }
}
