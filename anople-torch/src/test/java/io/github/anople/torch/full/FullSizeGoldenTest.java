package io.github.anople.torch.full;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.VisionEncoder;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FullSizeGoldenTest {

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
    String told = Golden.told(Golden.readme("full/README.md"), "First values: ([^#]+)");
    Path weights = FullSizeBackbone.folder().resolve("open_clip_model.safetensors");
    int compared = 0;
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      for (String tensor : told.split("; ", -1)) {
        Matcher values = Pattern.compile("`([^`]+)` ([-0-9., ]*[0-9])").matcher(tensor);
        assertTrue(values.find(), tensor);
        ByteBuffer made = file.bytes(values.group(1));
        for (String value : values.group(2).split(", ", -1)) {
          assertEquals(Double.parseDouble(value), made.getFloat(), 1e-12, tensor);
          compared++;
        }
      }
    }
    assertTrue(compared > 0);
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
          String name =
              golden.names().stream().filter(n -> n.startsWith("patches_layer_")).findFirst().get();
          int layer = Integer.parseInt(name.substring(name.lastIndexOf('_') + 1));
          VisionEncoder.Output seen = clip.vision().encode(images, null, Set.of(layer));
          golden.check("image_features", Tensors.floats(Tensors.normalize(seen.image())));
          String numbers = Golden.told(golden.meaning(name), "patch rows \\[([0-9, ]+)\\]");
          long[] rows = Arrays.stream(numbers.split(", ")).mapToLong(Long::parseLong).toArray();
          Tensor patches = seen.layers().get(layer).index_select(1, Tensors.of(rows, rows.length));
          golden.check(name, Tensors.floats(patches));
          return null;
        });
  }

  @Test
  void textsMatchTheReference() {
    assumeTrue(
        Fixtures.clipVocabulary().isPresent(),
        "skipped: CLIP's vocabulary is not on this machine (see anople.clipBpe)");
    List<int[]> texts = golden.listAfter("prompts").stream().map(clip.tokenizer()::encode).toList();
    float[] features =
        TensorScope.inference(() -> Tensors.floats(Tensors.normalize(clip.text().encode(texts))));
    golden.check("text_features", features);
  }
}
