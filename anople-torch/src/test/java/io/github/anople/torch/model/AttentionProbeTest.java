package io.github.anople.torch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.AttentionObserver;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.prompt.Interaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The towers' attention against one that is computed in plain Java from the weights. */
class AttentionProbeTest {

  private static final float TOLERANCE = 1e-5f;

  private final RgbImage image = RgbImage.of(SyntheticParts.scratched(3));

  @ParameterizedTest
  @EnumSource(Interaction.class)
  void theImageTowersAttentionIsThatOfThePlainFormula(Interaction mode) {
    try (GoldenModel golden = new GoldenModel(mode);
        DetectionModel model = detector(golden)) {
      for (int view : List.of(0, golden.views() - 1)) {
        TowerAttention seen = new AttentionProbe(model.step()).vision(image, view);

        ClipConfig.Vision config = golden.clip().config().vision();
        double[][][] prompts =
            rows(
                TensorScope.inference(() -> values(model.step().contexts().forViews(view))),
                config.width());
        PlainTransformer plain =
            new PlainTransformer(
                golden.clip().weights(), "visual.transformer", config.heads(), false);
        double[][] x = plain.norm("visual.ln_pre", visionRows(golden, plain, prompts));
        check(plain.attention(x, prompts, 1 + config.patches(), config.layers()), seen);
        assertEquals(1 + config.patches(), seen.contextsAt());
        assertEquals(prompts.length == 0 ? 0 : prompts[0].length, seen.contexts().size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Interaction.class)
  void theTextTowersAttentionIsThatOfThePlainFormula(Interaction mode) {
    try (GoldenModel golden = new GoldenModel(mode);
        DetectionModel model = detector(golden)) {
      TowerAttention seen = new AttentionProbe(model.step()).text();

      ClipConfig.Text config = golden.clip().config().text();
      double[][][] prompts =
          rows(
              TensorScope.inference(() -> values(model.step().contexts().forTexts())),
              config.width());
      PlainTransformer plain =
          new PlainTransformer(golden.clip().weights(), "transformer", config.heads(), true);
      List<int[]> texts = model.step().model().texts().tokens();
      int longest = texts.stream().mapToInt(ids -> ids.length).max().orElseThrow();
      List<List<double[][]>> each =
          texts.stream()
              .map(
                  ids ->
                      plain.attention(
                          textRows(plain, Arrays.copyOf(ids, longest), prompts, config.width()),
                          prompts,
                          1,
                          config.layers()))
              .toList();
      check(mean(each), seen);
      assertEquals(prompts.length == 0 ? 0 : prompts[0].length, seen.contexts().size());
    }
  }

  @Test
  void contextsAreToldInTheTowersOrder() {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL);
        DetectionModel model = detector(golden)) {
      AttentionProbe probe = new AttentionProbe(model.step());
      int visual = golden.shape().visualContext();
      int textual = golden.shape().textContext();

      List<ContextRow> seen = probe.vision(image, 0).contexts();

      assertEquals(ContextRow.VIEW_SIGNAL, seen.get(0));
      assertEquals(Collections.nCopies(visual, ContextRow.VISUAL), seen.subList(1, 1 + visual));
      assertEquals(
          Collections.nCopies(textual, ContextRow.TEXTUAL), seen.subList(1 + visual, seen.size()));
      assertEquals(
          Collections.nCopies(textual, ContextRow.TEXTUAL),
          probe.text().contexts().subList(0, textual));
      assertEquals(golden.views(), probe.views());
    }
  }

  @Test
  void lookingOnChangesNoBitAndLeavesNothingBehind() {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL);
        DetectionModel model = detector(golden)) {
      DetectionStep step = model.step();
      List<long[]> shapes = new ArrayList<>();
      AttentionObserver observer = (layer, seen) -> shapes.add(Tensors.shape(seen));

      float[] alone = features(step, AttentionObserver.NONE);
      assertTrue(shapes.isEmpty());
      assertArrayEquals(alone, features(step, observer), 0);
      long tokens =
          1L + golden.clip().config().vision().patches() + step.contexts().forViews(0).count();
      long heads = golden.clip().config().vision().heads();
      assertEquals(golden.clip().config().vision().layers(), shapes.size());
      shapes.forEach(shape -> assertArrayEquals(new long[] {heads, tokens, tokens}, shape));

      long before = Pointer.totalCount();
      features(step, AttentionObserver.NONE);
      assertTrue(Pointer.totalCount() <= before, "tensors are left of an encoding");
      assertFalse(Arrays.equals(alone, new float[alone.length]));
    }
  }

  private float[] features(DetectionStep step, AttentionObserver observer) {
    return TensorScope.inference(
        () ->
            Tensors.floats(
                step.model()
                    .clip()
                    .vision()
                    .encode(
                        Images.batch(step.model().clip(), List.of(image)),
                        step.contexts().forViews(0),
                        Set.of(),
                        observer)
                    .image()));
  }

  private static DetectionModel detector(GoldenModel golden) {
    return new DetectionModel(golden.clip(), golden.recipe(), Map.of());
  }

  private static List<float[]> values(PromptRows prompts) {
    List<float[]> layers = new ArrayList<>();
    for (int layer = 0; prompts != null && layer < prompts.depth(); layer++) {
      layers.add(Tensors.floats(prompts.rows(layer)));
    }
    return layers;
  }

  private static double[][][] rows(List<float[]> layers, int width) {
    return layers.stream().map(layer -> split(layer, width)).toArray(double[][][]::new);
  }

  private static double[][] split(float[] values, int width) {
    double[][] rows = new double[values.length / width][width];
    for (int i = 0; i < values.length; i++) {
      rows[i / width][i % width] = values[i];
    }
    return rows;
  }

  /** Class token, patches and prompts, as they are before ln_pre. */
  private double[][] visionRows(GoldenModel golden, PlainTransformer plain, double[][][] prompts) {
    ClipConfig.Vision config = golden.clip().config().vision();
    int side = config.imageSize();
    int patch = config.patchSize();
    float[] pixels = golden.clip().config().normalization().preprocess(image, side);
    float[] kernel = plain.read("visual.conv1.weight");
    double[][] positions = split(plain.read("visual.positional_embedding"), config.width());
    int patches = config.patches();
    int contexts = prompts.length == 0 ? 0 : prompts[0].length;
    double[][] rows = new double[1 + patches + contexts][config.width()];
    float[] first = plain.read("visual.class_embedding");
    for (int k = 0; k < config.width(); k++) {
      rows[0][k] = first[k] + positions[0][k];
      for (int p = 0; p < patches; p++) {
        int top = p / config.grid() * patch;
        int left = p % config.grid() * patch;
        double sum = positions[1 + p][k];
        for (int i = 0; i < 3 * patch * patch; i++) {
          int row = top + i / patch % patch;
          int at = i / (patch * patch) * side * side + row * side + left + i % patch;
          sum += pixels[at] * kernel[k * 3 * patch * patch + i];
        }
        rows[1 + p][k] = sum;
      }
    }
    if (contexts > 0) {
      System.arraycopy(prompts[0], 0, rows, 1 + patches, contexts);
    }
    return rows;
  }

  /** Start of text, contexts and words, with their positions. */
  private static double[][] textRows(
      PlainTransformer plain, int[] ids, double[][][] prompts, int width) {
    double[][] table = split(plain.read("token_embedding.weight"), width);
    double[][] positions = split(plain.read("positional_embedding"), width);
    int contexts = prompts.length == 0 ? 0 : prompts[0].length;
    double[][] rows = new double[ids.length + contexts][width];
    for (int i = 0; i < rows.length; i++) {
      boolean context = i >= 1 && i <= contexts;
      double[] row = context ? prompts[0][i - 1] : table[ids[i == 0 ? 0 : i - contexts]];
      for (int k = 0; k < width; k++) {
        rows[i][k] = row[k] + positions[i][k];
      }
    }
    return rows;
  }

  private static List<double[][]> mean(List<List<double[][]>> each) {
    List<double[][]> sum = each.get(0);
    for (int layer = 0; layer < sum.size(); layer++) {
      double[][] all = sum.get(layer);
      for (int i = 0; i < all.length; i++) {
        for (int j = 0; j < all.length; j++) {
          double total = 0;
          for (List<double[][]> one : each) {
            total += one.get(layer)[i][j];
          }
          all[i][j] = total / each.size();
        }
      }
    }
    return sum;
  }

  private static void check(List<double[][]> expected, TowerAttention actual) {
    assertEquals(expected.size(), actual.layers().size());
    for (int layer = 1; layer <= expected.size(); layer++) {
      double[][] plain = expected.get(layer - 1);
      assertEquals(List.of((long) plain.length, (long) plain.length), shape(actual, layer));
      for (int i = 0; i < plain.length; i++) {
        float[] row = new float[plain.length];
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) plain[i][j];
        }
        assertArrayEquals(
            row,
            actual.weights(layer, i, 0, row.length),
            TOLERANCE,
            "layer " + layer + ", row " + i);
      }
    }
  }

  private static List<Long> shape(TowerAttention attention, int layer) {
    return attention.layers().get(layer - 1).shape();
  }
}
