package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipGoldenTest {

  private final Golden clip = Golden.open("clip.safetensors");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny_clip/open_clip_model.safetensors",
        "tiny_clip/open_clip_pytorch_model.bin",
        "tiny_clip/epoch_3.pt"
      })
  void everyFormOfTheCheckpointGivesOpenClipsFeatures(String weights) {
    try (ClipModel model = open(weights)) {
      clip.check("image_features_raw", imageFeatures(model, false));
      clip.check("image_features", imageFeatures(model, true));
      clip.check("text_features", textFeatures(model));
    }
  }

  @Test
  void halfPrecisionWeightsAreWidened() {
    try (ClipModel model = open("tiny_clip_fp16")) {
      clip.check("fp16/image_features", imageFeatures(model, true));
      clip.check("fp16/text_features", textFeatures(model));
    }
  }

  @Test
  void patchRowsOfEveryLayerCanBeRead() {
    try (ClipModel model = open("tiny_clip")) {
      int layers = model.config().vision().layers();
      Set<Integer> all = new TreeSet<>(IntStream.rangeClosed(1, layers).boxed().toList());
      TensorScope.inference(
          () -> {
            VisionEncoder.Output seen = model.vision().encode(GoldenModel.images(model), null, all);
            seen.layers()
                .forEach(
                    (layer, rows) -> clip.check("patches/layer_" + layer, Tensors.floats(rows)));
            clip.check("patches/layer_" + layers, Tensors.floats(seen.patches()));
            return null;
          });
    }
  }

  @Test
  void textsAreTokenizedPaddedAndCutAsOpenClipDoes() {
    try (ClipModel model = open("tiny_clip")) {
      long[] expected = clip.longs("text_ids");
      int length = model.config().text().contextLength();
      List<int[]> texts = goldenTexts(model);
      long[] padded = new long[texts.size() * length];
      for (int row = 0; row < texts.size(); row++) {
        for (int column = 0; column < texts.get(row).length; column++) {
          padded[row * length + column] = texts.get(row)[column];
        }
      }
      assertArrayEquals(expected, padded);
    }
  }

  private static ClipModel open(String relative) {
    return OpenClipWeights.open(Fixtures.golden(relative)).load(Precision.FP32);
  }

  private float[] imageFeatures(ClipModel model, boolean normalized) {
    return TensorScope.inference(
        () -> {
          Tensor features = model.vision().encode(GoldenModel.images(model)).image();
          return Tensors.floats(normalized ? Tensors.normalize(features) : features);
        });
  }

  private float[] textFeatures(ClipModel model) {
    return TensorScope.inference(
        () -> Tensors.floats(Tensors.normalize(model.text().encode(goldenTexts(model)))));
  }

  /** The README's prompts, the last of them the strings of the tokenizer's group "long". */
  private static List<int[]> goldenTexts(ClipModel model) {
    return GoldenTexts.prompts().stream().map(model.tokenizer()::encode).toList();
  }
}
