package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.prompt.PromptShape;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class InitialValuesTest {

  @Test
  void anUntrainedDecoderIsClipsOwnDenseProjection() {
    Golden expected = Golden.open("clip.safetensors");
    try (GoldenModel golden = new GoldenModel(Interaction.TEXT_ONLY);
        Parameters drawn =
            Parameters.of(InitialValues.draw(golden.clip(), golden.shape(), 7), false)) {
      ClipModel clip = golden.clip();
      Decoder decoder = new Decoder(clip.config(), drawn, clip.precision());
      float[] dense =
          TensorScope.inference(
              () -> {
                Tensor patches = clip.vision().encode(GoldenModel.images(clip)).patches();
                return Tensors.floats(decoder.decode(clip.vision(), patches));
              });
      expected.check("dense_initial", dense);
    }
  }

  @Test
  void contextsHaveTheMethodsDeviationAndCouplingsTheirBounds() {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL)) {
      Map<String, FloatTensor> drawn = InitialValues.draw(golden.clip(), golden.shape(), 3);
      float[] context = drawn.get(PromptShape.VISUAL_CONTEXT).values();
      double deviation = Math.sqrt(mean(context, value -> value * value));
      assertEquals(0.02, deviation, 0.02 * 4 / Math.sqrt(2.0 * context.length));

      String weightName = PromptShape.VISUAL_TO_TEXT + ".weight";
      float[] weight = drawn.get(weightName).values();
      double bound = 1 / Math.sqrt(drawn.get(weightName).shape().get(1));
      assertTrue(mean(weight, value -> Math.abs(value) <= bound ? 1 : 0) == 1);
      assertEquals(bound * bound / 3, mean(weight, value -> value * value), bound * bound / 20);
    }
  }

  private static double mean(float[] values, DoubleUnaryOperator of) {
    double sum = 0;
    for (float value : values) {
      sum += of.applyAsDouble(value);
    }
    return sum / values.length;
  }

  @Test
  void aSeedFixesEveryDrawAndAnotherSeedChangesThem() {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL)) {
      String name = PromptShape.TEXT_CONTEXT;
      float[] first = InitialValues.draw(golden.clip(), golden.shape(), 5).get(name).values();
      float[] again = InitialValues.draw(golden.clip(), golden.shape(), 5).get(name).values();
      float[] other = InitialValues.draw(golden.clip(), golden.shape(), 6).get(name).values();
      assertArrayEquals(first, again);
      assertFalse(Arrays.equals(first, other));
    }
  }
}
