package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TransformersCheckpoint.CONFIG;
import static io.github.anople.torch.pretrained.TransformersCheckpoint.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of transformers is the same CLIP in another form. */
@Timeout(60)
class TransformersCheckpointTest {

  private static final Path OPEN_CLIP = Fixtures.golden("tiny_clip");

  @TempDir Path temporary;
  private TransformersCheckpoint tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TransformersCheckpoint.in(temporary.resolve("tiny"));
  }

  @Test
  void itsFeaturesAreOpenClips() {
    OpenClipWeights checkpoint = OpenClipWeights.open(tiny.folder());
    assertEquals(List.of(), checkpoint.notes());
    assertEquals(OpenClipWeights.open(OPEN_CLIP).parameters(), checkpoint.parameters());
    Golden clip = Golden.open("clip.safetensors");
    try (ClipModel model = checkpoint.load(Precision.FP32)) {
      TensorScope.inference(
          () -> {
            clip.check(
                "image_features_raw",
                Tensors.floats(model.vision().encode(GoldenModel.images(model)).image()));
            return null;
          });
    }
    assertArrayEquals(TinyCheckpoint.features(OPEN_CLIP), tiny.features());
  }

  @Test
  void soTheyAreOfAPickle() throws IOException {
    Files.write(tiny.file("pytorch_model.bin"), TorchArchive.of(tiny.read()).stored());
    Files.delete(tiny.file(WEIGHTS));

    assertArrayEquals(TinyCheckpoint.features(OPEN_CLIP), tiny.features());
  }

  @Test
  void buffersThatFollowFromTheArchitectureAreLeftAlone() {
    tiny.tensors(
        tensors -> {
          String ids = "text_model.embeddings.position_ids";
          tensors.put(
              ids,
              new TensorSource(ids, DType.I64, List.of(1L, 2L), () -> ByteBuffer.allocate(16)));
        });

    assertArrayEquals(TinyCheckpoint.features(OPEN_CLIP), tiny.features());
  }

  @Test
  void itsWeightsFileMayBeNamedItself() {
    assertArrayEquals(
        TinyCheckpoint.features(OPEN_CLIP), TinyCheckpoint.features(tiny.file(WEIGHTS)));
  }

  @Test
  void theActivationIsTheConfigurations() throws IOException {
    assertFalse(OpenClipWeights.open(tiny.folder()).config().quickGelu());

    for (String quick : List.of("\"quick_gelu\"", "null", "")) {
      tiny.config(
          root -> {
            for (String part : List.of("vision_config", "text_config")) {
              ObjectNode tower = (ObjectNode) root.get(part);
              tower.remove("hidden_act");
              if (!quick.isEmpty()) {
                tower.set("hidden_act", tree(quick));
              }
            }
          });
      assertTrue(OpenClipWeights.open(tiny.folder()).config().quickGelu(), quick);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vision_config, hidden_act,          '\"relu\"', hidden_act",
    "text_config,   hidden_act,          '\"quick_gelu\"', not the same",
    "text_config,   layer_norm_eps,      1e-6, layer_norm_eps",
    "vision_config, num_channels,        1, num_channels",
    "vision_config, num_attention_heads, 7, heads",
    "vision_config, hidden_size,         64, class_embedding",
    "vision_config, num_hidden_layers,   3, vision_model.encoder.layers.3",
    "text_config,   num_hidden_layers,   5, text_model.encoder.layers.4",
    "text_config,   vocab_size,          '\"many\"', vocab_size",
  })
  void whatDoesNotFitIsToldByName(String part, String field, String value, String named)
      throws IOException {
    tiny.config(root -> ((ObjectNode) root.get(part)).set(field, tree(value))).refused(named);
  }

  @Test
  void anotherKindOfModelIsToldByItsType() throws IOException {
    tiny.config(root -> root.put("model_type", "siglip"))
        .refused(CONFIG, "model_type is \"siglip\"", "give a CLIP");
  }

  @Test
  void oneTowerAloneIsToldForWhatItIs() {
    tiny.tensors(tensors -> tensors.keySet().removeIf(name -> name.startsWith("text_")))
        .refused(WEIGHTS, "one tower of a CLIP alone", "CLIPModel");
  }

  @Test
  void whatLacksIsNamed() throws IOException {
    Files.delete(tiny.file(CONFIG));
    tiny.refused(WEIGHTS, "no config.json beside it", "add the one");

    Files.move(tiny.file(WEIGHTS), tiny.file("model-00001-of-00002.safetensors"));
    Files.writeString(tiny.file(WEIGHTS + ".index.json"), "{}");
    tiny.refused("several files", "model.safetensors.index.json", "save the model as one");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theMergesMayBeInTokenizerJson(boolean pairs) throws IOException {
    float[] expected = tiny.features();
    List<String> lines = Files.readAllLines(tiny.file("merges.txt"));
    ObjectNode root = new JsonMapper().createObjectNode().put("version", "1.0");
    root.putArray("added_tokens").addObject().put("id", 912);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putObject("vocab").put("merges", 3);
    ArrayNode merges = model.putArray("merges");
    for (String line : lines.subList(1, lines.size())) {
      if (pairs) {
        ArrayNode pair = merges.addArray();
        List.of(line.split(" ", -1)).forEach(pair::add);
      } else {
        merges.add(line);
      }
    }
    Files.delete(tiny.file("merges.txt"));
    Files.writeString(tiny.file("tokenizer.json"), root.toString());

    assertArrayEquals(expected, tiny.features());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1}}}",
        "{\"model\": {\"merges\": []}}",
        "{\"merges\": [\"a b\"]}",
        "{}"
      })
  void aTokenizerJsonWithoutMergesIsToldWithWhatToAdd(String json) throws IOException {
    Files.delete(tiny.file("merges.txt"));
    Files.writeString(tiny.file("tokenizer.json"), json);

    tiny.refused("tokenizer.json", "holds no merges", "put the merges.txt");
  }

  @Test
  void mergesThatAreNoneAreToldByNumber() throws IOException {
    Files.delete(tiny.file("merges.txt"));
    for (String merges : List.of("[[\"a\"]]", "[[\"a\", 1]]", "[3]", "[[\"a\", \"b\", \"c\"]]")) {
      Files.writeString(tiny.file("tokenizer.json"), "{\"model\": {\"merges\": " + merges + "}}");
      tiny.refused("tokenizer.json", "merge 1 is not two symbols");
    }
  }
}
