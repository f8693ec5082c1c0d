package io.github.anople.torch.full;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.Sha256;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.portable.PortableTensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FullSizeGoldenTest {

  private static final int TAPPED_LAYER = 10;
  private static ClipModel clip;

  private final Golden golden = Golden.open("full/full_clip.safetensors");

  @BeforeAll
  static void load() {
    clip = OpenClipWeights.open(FullSizeBackbone.folder()).load(Precision.FP32);
  }

  @AfterAll
  static void free() {
    clip.close();
  }

  @Test
  void theRuleGivesTheReferencesFirstWeights() {
    Matcher rows =
        Pattern.compile("`(visual\\.conv1\\.weight)` ([-0-9.]+), ([-0-9.]+), ([-0-9.]+)")
            .matcher(Golden.readme("full/README.md"));
    assertTrue(rows.find());
    float[] made = PortableTensors.values(rows.group(1), 3, 0, Math.sqrt(3.0 / 768));
    for (int i = 0; i < made.length; i++) {
      assertEquals(Double.parseDouble(rows.group(2 + i)), made[i], 1e-12);
    }
  }

  @Test
  void theWeightsFileIsTheReferencesToTheByte() {
    String hash = Sha256.of(FullSizeBackbone.folder().resolve("open_clip_model.safetensors"));
    assertTrue(Golden.readme("full/README.md").contains("SHA-256 `" + hash + "`"), hash);
  }

  @Test
  void imagesAndLayersMatchTheReference() {
    TensorScope.inference(
        () -> {
          Tensor images = GoldenModel.whole(golden, "images");
          VisionEncoder.Output seen = clip.vision().encode(images, null, Set.of(TAPPED_LAYER));
          golden.check("image_features", Tensors.floats(Tensors.normalize(seen.image())));
          int last = clip.config().vision().patches() - 1;
          Tensor rows = Tensors.of(new long[] {0, last / 2, last}, 3);
          Tensor patches = seen.layers().get(TAPPED_LAYER).index_select(1, rows);
          golden.check("patches_layer_" + TAPPED_LAYER, Tensors.floats(patches));
          return null;
        });
  }

  @Test
  void textsMatchTheReference() {
    assumeTrue(
        Fixtures.clipVocabulary().isPresent(),
        "skipped: CLIP's vocabulary is not on this machine (see anople.clipBpe)");
    List<int[]> texts =
        Golden.listAfter(Golden.readme("full/README.md"), "prompts ").stream()
            .map(clip.tokenizer()::encode)
            .toList();
    float[] features =
        TensorScope.inference(() -> Tensors.floats(Tensors.normalize(clip.text().encode(texts))));
    golden.check("text_features", features);
  }
}
