package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TinyCheckpoint.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.engine.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckpointTensorsTest {

  private static final String PROJECTION = "visual.proj";

  @TempDir Path temporary;
  private TinyCheckpoint tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TinyCheckpoint.in(temporary.resolve("tiny"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logit_scale",
        "visual.class_embedding",
        "ln_final.bias",
        "visual.transformer.resblocks.2.attn.in_proj_weight"
      })
  void aMissingTensorIsNamed(String name) {
    tiny.tensors(tensors -> tensors.remove(name)).refused(WEIGHTS, "has no tensor " + name);
  }

  @Test
  void aTensorTooManyIsNamed() {
    tiny.tensors(tensors -> put(tensors, "visual.ls_1.gamma", List.of(2L), 1, 1))
        .refused(WEIGHTS, "visual.ls_1.gamma", "does not belong there");
  }

  @Test
  void aHostileNameIsCutAndStaysInOneLine() {
    tiny.tensors(tensors -> put(tensors, "\n\r" + "x".repeat(40_000), List.of(1L), 1))
        .refused(WEIGHTS, "does not belong there");
  }

  @Test
  void buffersThatFollowFromTheArchitectureAreLeftAlone() {
    float[] expected = tiny.features();
    long parameters = OpenClipWeights.open(tiny.folder()).parameters();

    tiny.tensors(tensors -> put(tensors, "attn_mask", List.of(1L, 2L), Float.NaN, 0));

    assertArrayEquals(expected, tiny.features());
    assertEquals(parameters, OpenClipWeights.open(tiny.folder()).parameters());
  }

  @Test
  void aTensorOfAnotherShapeIsToldWithBothShapes() {
    tiny.tensors(
            tensors -> {
              float[] values = TinyCheckpoint.floats(tensors.get(PROJECTION));
              put(tensors, PROJECTION, List.of(24L, 48L), values);
            })
        .refused(WEIGHTS, PROJECTION, "[24, 48]", "[48, 24]");
  }

  @Test
  void aTensorWithAnEmptyDimensionIsRefused() {
    tiny.tensors(tensors -> put(tensors, PROJECTION, List.of(0L, 24L)))
        .refused(WEIGHTS, PROJECTION, "[0, 24]");
  }

  @Test
  void wholeNumbersAreNoWeights() {
    tiny.tensors(
            tensors ->
                tensors.put(
                    PROJECTION,
                    new TensorSource(
                        PROJECTION,
                        DType.I64,
                        List.of(48L, 24L),
                        () -> ByteBuffer.allocate(48 * 24 * Long.BYTES))))
        .refused(WEIGHTS, PROJECTION, "I64");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aWeightThatIsNotFiniteIsNamedByItsTensor(float value) {
    tiny.value(PROJECTION, 1151, value).refused(WEIGHTS, PROJECTION, "not finite", "damaged");
  }

  @Test
  void infinitiesThatCancelAreSeen() {
    tiny.value(PROJECTION, 0, Float.POSITIVE_INFINITY)
        .value(PROJECTION, 1, Float.NEGATIVE_INFINITY)
        .refused(WEIGHTS, PROJECTION, "not finite");
  }

  @Test
  void largeWeightsWhoseSumOverflowsAreTaken() {
    tiny.value("token_embedding.weight", 0, Float.MAX_VALUE)
        .value("token_embedding.weight", 1, Float.MAX_VALUE);

    assertEquals(48, tiny.features().length);
  }

  @Test
  void aTemperatureWithoutFiniteExponentialIsRefused() {
    tiny.value("logit_scale", 0, 100).refused(WEIGHTS, "logit_scale");
  }

  @Test
  void aTemperatureMayStandInARow() {
    float[] expected = tiny.features();
    tiny.tensors(tensors -> put(tensors, "logit_scale", List.of(1L), 1.5f));

    assertArrayEquals(expected, tiny.features());
    try (var model = OpenClipWeights.open(tiny.folder()).load(Precision.FP32)) {
      assertEquals((float) Math.exp(1.5), model.logitScale());
    }
    tiny.tensors(tensors -> put(tensors, "logit_scale", List.of(1L, 1L), 1.5f))
        .refused(WEIGHTS, "logit_scale", "[1, 1]");
  }

  /** Widening is exact: what counts is what the weights were rounded to. */
  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void halfPrecisionGivesTheFeaturesOfItsRoundedWeights(DType half) {
    float[] full = tiny.features();
    tiny.stored(half);
    assertEquals(Set.of(half), OpenClipWeights.open(tiny.folder()).dtypes());
    float[] rounded = tiny.features();

    tiny.stored(DType.F32);

    assertArrayEquals(tiny.features(), rounded);
    float largest = 0;
    for (int i = 0; i < full.length; i++) {
      largest = Math.max(largest, Math.abs(full[i] - rounded[i]));
    }
    // Unit features; bf16 has 8 bits, f16 11, and some dozen roundings follow each other.
    float bound = half == DType.BF16 ? 0.03f : 0.004f;
    assertTrue(largest > 0 && largest < bound, "largest difference " + largest);
  }

  @Test
  void doublePrecisionGivesTheSameFeatures() {
    float[] expected = tiny.features();

    assertArrayEquals(expected, tiny.stored(DType.F64).features());
  }

  @Test
  void tensorsMayLieAtAnyByte() throws IOException {
    float[] expected = tiny.features();
    for (int spaces = 0; spaces < 4; spaces++) {
      assertArrayEquals(expected, tiny.shifted(1).features(), "shifted by " + (1 + spaces));
    }
    float[] half = tiny.stored(DType.F16).features();
    assertArrayEquals(half, tiny.shifted(1).features());
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    long size = Files.size(tiny.file(WEIGHTS));
    for (long left : new long[] {size - 1, size / 2, 2000, 8, 7, 0}) {
      cut(left);
      tiny.refused(WEIGHTS);
    }
  }

  @Test
  void aFileThatShrinksBetweenOpeningAndLoadingIsRefused() throws IOException {
    OpenClipWeights open = OpenClipWeights.open(tiny.folder());
    cut(Files.size(tiny.file(WEIGHTS)) - 4);
    assertFault("became shorter", open);

    tiny.without(WEIGHTS);
    assertFault("cannot be read", open);
  }

  private static void assertFault(String problem, OpenClipWeights open) {
    for (boolean hashed : new boolean[] {false, true}) {
      String message =
          assertThrows(
                  InputException.class,
                  () -> {
                    if (hashed) {
                      LoadedBackbone.open(open, Precision.FP32).close();
                    } else {
                      open.load(Precision.FP32).close();
                    }
                  })
              .getMessage();
      assertTrue(message.contains(WEIGHTS) && message.contains(problem), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  private void cut(long size) throws IOException {
    try (FileChannel file = FileChannel.open(tiny.file(WEIGHTS), StandardOpenOption.WRITE)) {
      file.truncate(size);
    }
  }

  private static void put(
      Map<String, TensorSource> tensors, String name, List<Long> shape, float... values) {
    tensors.put(name, TensorSource.of(name, shape, values));
  }
}
