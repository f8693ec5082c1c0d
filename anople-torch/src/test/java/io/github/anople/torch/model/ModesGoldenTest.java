package io.github.anople.torch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.Contexts;
import io.github.anople.torch.prompt.Interaction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModesGoldenTest {

  private final Golden modes = Golden.open("modes.safetensors");
  private final Golden steps = Golden.open("steps.safetensors");

  @ParameterizedTest
  @EnumSource(Interaction.class)
  void everyInteractionModeGivesTheReferencesFeaturesAndMaps(Interaction mode) {
    try (GoldenModel golden = new GoldenModel(mode)) {
      AnoPleModel model = golden.model();
      TensorScope.inference(
          () -> {
            Contexts contexts = model.prompts().contexts();
            Tensor texts = model.textFeatures(contexts);
            long[] views = views();
            Tensor images = GoldenModel.slice(steps, "views", step()).narrow(0, 0, views.length);
            AnoPleModel.Output seen = model.forward(images, contexts.forViews(views), texts);
            check(mode, seen, model, images.size(2));
            return null;
          });
    }
  }

  /** The rows of the view signal that the normal views have, one each. */
  private long[] views() {
    String rows = "view signal rows ([0-9]+)\\.\\.([0-9]+)";
    long first = Long.parseLong(modes.told(rows));
    long last = Long.parseLong(modes.told(rows, 2));
    return LongStream.rangeClosed(first, last).toArray();
  }

  private int step() {
    return Integer.parseInt(modes.told("normal views of step ([0-9]+)"));
  }

  private void check(Interaction mode, AnoPleModel.Output seen, AnoPleModel model, long side) {
    String prefix = mode.id() + "/";
    modes.check(prefix + "t", Tensors.floats(seen.texts()));
    modes.check(prefix + "z0", Tensors.floats(seen.features()));
    modes.check(prefix + "patches", Tensors.floats(seen.patches()));
    modes.check(
        prefix + "D", Tensors.floats(Tensors.concat(0, seen.dense().toArray(Tensor[]::new))));
    modes.check(prefix + "logits", Tensors.floats(seen.logits()));
    Tensor pixels = torch.softmax(Decoder.enlarge(seen.logits(), side), 1).select(1, 1);
    modes.check(prefix + "M_hat", Tensors.floats(pixels));
    Tensor logits =
        torch.matmul(seen.features(), seen.texts().t()).mul(new Scalar(model.clip().logitScale()));
    modes.check(prefix + "p_hat", Tensors.floats(torch.softmax(logits, 1).select(1, 1)));
  }

  @Test
  void severalStateWordsAndASingleClassAreAveragedAsTheReferenceDoes() {
    Interaction mode =
        GoldenModel.interaction(modes.told("`states/`: ([a-z-]+) with the state words"));
    String single = modes.told("`one_class/`: K = 1, `([^`]+)`");
    try (GoldenModel golden = new GoldenModel(mode)) {
      List<String> states = modes.listAfter("state words");
      modes.check("states/t", texts(golden.model(golden.classes(), states)));
      modes.check("one_class/t", texts(golden.model(List.of(single), List.of(golden.stateWord()))));
    }
  }

  private static float[] texts(AnoPleModel model) {
    return TensorScope.inference(
        () -> Tensors.floats(model.textFeatures(model.prompts().contexts())));
  }

  @Test
  void classNamesLoseTheirUnderscoresAndAreTokenizedAsTheReferenceDoes() {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL)) {
      List<int[]> tokens = golden.model().texts().tokens();
      int classes = golden.classes().size();
      assertEquals(2 * classes, tokens.size());
      assertFalse(modes.contains("text_ids/normal_" + classes));
      for (int k = 0; k < classes; k++) {
        assertArrayEquals(modes.longs("text_ids/normal_" + k), widened(tokens.get(k)));
        assertArrayEquals(modes.longs("text_ids/abnormal_" + k), widened(tokens.get(classes + k)));
      }
    }
  }

  private static long[] widened(int[] ids) {
    return Arrays.stream(ids).asLongStream().toArray();
  }
}
