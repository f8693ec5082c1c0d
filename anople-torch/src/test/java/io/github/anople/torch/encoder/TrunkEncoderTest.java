package io.github.anople.torch.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkEncoderTest {

  private static final double TOLERANCE = 1e-4;

  private final TrunkWeights weights = TrunkWeights.read();

  @Test
  void theBlocksOfTheDrawnPictureAreTheReferences() {
    requireReference(TrunkReference.drawn());
  }

  @Test
  void theBlocksOfAPhotographAreTheReferences() {
    Optional<TrunkReference> cookie = TrunkReference.cookie();
    assumeTrue(cookie.isPresent(), "skipped: ../shared/data/patch_trunk is not there");
    requireReference(cookie.orElseThrow());
  }

  private void requireReference(TrunkReference reference) {
    assertFalse(reference.blocks().isEmpty());
    List<float[]> outputs = blocks(reference.image(), reference.side(), 1);
    reference
        .blocks()
        .forEach(
            (number, expected) -> requireClose(expected, outputs.get(number), "block" + number));
  }

  private static void requireClose(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], actual[i], allowed, what + "[" + i + "]");
    }
  }

  @Test
  void theShippedWeightsAreThoseOfTheFullPrecisionFileToTheBit() {
    Optional<Path> path = Fixtures.dataSet("patch_trunk/trunk.safetensors");
    assumeTrue(path.isPresent(), "skipped: ../shared/data/patch_trunk is not there");
    try (SafetensorsFile full = SafetensorsFile.open(path.orElseThrow())) {
      for (String name : full.names()) {
        assertEquals(full.info(name).shape(), weights.get(name).shape(), name);
        assertArrayEquals(full.floats(name), weights.get(name).values(), name);
      }
    }
  }

  /** Odd sides pad on both sides alike, even ones at the end only. */
  @ParameterizedTest
  @ValueSource(ints = {32, 33, 97, 240, 241})
  void everySizeGivesEveryBlockItsSide(int side) {
    List<float[]> outputs = blocks(noise(side, 1, 7), side, 1);
    for (TrunkBlock block : TrunkBlock.ALL) {
      int expected = block.out() * block.side(side) * block.side(side);
      assertEquals(expected, outputs.get(block.number()).length, block.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"240, 15, 30", "240, 30, 7", "97, 13, 20", "33, 5, 17"})
  void rowsAreTheBlocksOnTheGridOfUnitLengthEachAndTogether(int side, int coarse, int fine) {
    float[] image = noise(side, 1, 11);
    for (int grid : List.of(coarse, fine)) {
      for (List<Integer> blocks : List.of(List.of(5), List.of(9, 2), List.of(2, 5, 9))) {
        TrunkSettings settings = new TrunkSettings(side, grid, blocks);
        requireClose(byPooling(settings, image), encode(settings, image, 1), settings.toString());
      }
    }
  }

  /** The same with libtorch's own pooling and enlarging. */
  private float[] byPooling(TrunkSettings settings, float[] image) {
    try (OwnedTensors owner = new OwnedTensors()) {
      return TensorScope.inference(
          () -> {
            Trunk trunk = new Trunk(Trunk.placed(weights, ComputeDevice.CPU), 9, owner);
            long[] shape = {1, 3, settings.imageSize(), settings.imageSize()};
            List<Tensor> maps = trunk.blocks(Tensors.of(image, shape));
            Tensor[] parts =
                settings.blocks().stream()
                    .map(number -> onGrid(maps.get(number), settings.grid()))
                    .map(map -> unit(map.flatten(2, 3).transpose(1, 2)))
                    .toArray(Tensor[]::new);
            return Tensors.floats(unit(Tensors.concat(2, parts)));
          });
    }
  }

  private static Tensor onGrid(Tensor maps, int grid) {
    return maps.size(2) >= grid
        ? torch.adaptive_avg_pool2d(maps, grid, grid)
        : Decoder.enlarge(maps, grid);
  }

  private static Tensor unit(Tensor rows) {
    return rows.div(rows.mul(rows).sum(new long[] {2}, true, null).sqrt());
  }

  @Test
  void picturesOfABatchAreSeenAsEachByItself() {
    TrunkSettings settings = TrunkSettings.of(64, List.of(5, 9));
    assertEquals(8, settings.grid());
    float[] one = noise(64, 1, 3);
    float[] other = noise(64, 1, 4);
    float[] both = concat(one, other);
    float[] expected = concat(encode(settings, one, 1), encode(settings, other, 1));
    assertArrayEquals(expected, encode(settings, both, 2), 1e-6f);
  }

  @Test
  void aBlackPictureHasRowsOfUnitLengthToo() {
    TrunkSettings settings = TrunkSettings.of(64, List.of(5, 9));
    float[] rows = encode(settings, new float[3 * 64 * 64], 1);
    for (int row = 0; row < rows.length; row += settings.width()) {
      double squares = 0;
      for (int i = row; i < row + settings.width(); i++) {
        squares += (double) rows[i] * rows[i];
      }
      assertEquals(1, squares, 1e-5);
    }
  }

  /** Where an operand is left on the processor, libtorch's meta device throws. */
  @Test
  void everythingIsOnTheDeviceOfTheWeights() {
    ComputeDevice meta = new ComputeDevice(ComputeDevice.Kind.META, 0);
    TrunkSettings settings = new TrunkSettings(97, 11, List.of(2, 5, 9));
    try (TrunkEncoder encoder = new TrunkEncoder(settings, weights, meta)) {
      TensorScope.inference(
          () -> {
            Tensor images = meta.place(Tensors.of(new float[2 * 3 * 97 * 97], 2, 3, 97, 97));
            Tensor rows = encoder.encode(images);
            assertTrue(rows.is_meta());
            assertArrayEquals(new long[] {2, 121, settings.width()}, rows.shape());
            return null;
          });
    }
  }

  private float[] encode(TrunkSettings settings, float[] images, int count) {
    try (TrunkEncoder encoder = new TrunkEncoder(settings, weights, ComputeDevice.CPU)) {
      return TensorScope.call(
          () -> {
            Tensor rows =
                encoder.encode(
                    Tensors.of(images, count, 3, settings.imageSize(), settings.imageSize()));
            assertArrayEquals(
                new long[] {count, (long) encoder.grid() * encoder.grid(), encoder.width()},
                rows.shape());
            return Tensors.floats(rows);
          });
    }
  }

  private List<float[]> blocks(float[] image, int side, int count) {
    try (OwnedTensors owner = new OwnedTensors()) {
      return TensorScope.inference(
          () ->
              new Trunk(Trunk.placed(weights, ComputeDevice.CPU), 9, owner)
                  .blocks(Tensors.of(image, count, 3, side, side)).stream()
                      .map(Tensors::floats)
                      .toList());
    }
  }

  private static float[] noise(int side, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = new float[count * 3 * side * side];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble();
    }
    return image;
  }

  private static float[] concat(float[] one, float[] other) {
    float[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
