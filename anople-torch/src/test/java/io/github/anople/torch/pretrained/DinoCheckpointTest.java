package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.DinoFiles;
import io.github.anople.torch.encoder.dino.DinoConfig;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a whole DINOv2 is refused in one line that says what is wrong. */
@Timeout(60)
class DinoCheckpointTest {

  private static final String KERNEL = "embeddings.patch_embeddings.projection.weight";
  private static final String QUERY = "encoder.layer.0.attention.attention.query.weight";

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void copy() throws IOException {
    folder = copied("hf/plain", "transformers");
  }

  private Path copied(String relative, String name) throws IOException {
    Path copy = Files.createDirectories(temporary.resolve(name));
    for (String file : List.of(DinoFiles.CONFIG, DinoFiles.WEIGHTS)) {
      Files.copy(Fixtures.golden("dinov2/" + relative + "/" + file), copy.resolve(file));
    }
    return copy;
  }

  private static void load(Path location) {
    DinoEncoders.find(location.toString()).load(Precision.FP32, ComputeDevice.CPU).close();
  }

  private static void refused(Path location, String... parts) {
    InputException fault = assertThrows(InputException.class, () -> load(location));
    TinyCheckpoint.assertSays(fault, parts);
  }

  private void tensors(Consumer<Map<String, TensorSource>> change) {
    Path file = folder.resolve(DinoFiles.WEIGHTS);
    Map<String, TensorSource> tensors = new LinkedHashMap<>();
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      for (String name : opened.names()) {
        tensors.put(name, TensorSource.of(name, opened.info(name).shape(), opened.floats(name)));
      }
    }
    change.accept(tensors);
    SafetensorsFile.write(file, Map.of(), List.copyOf(tensors.values()));
  }

  private static void put(Map<String, TensorSource> tensors, String name, Long... shape) {
    long count = List.of(shape).stream().reduce(1L, Math::multiplyExact);
    tensors.put(name, TensorSource.of(name, List.of(shape), new float[Math.toIntExact(count)]));
  }

  private void config(Consumer<ObjectNode> change) throws IOException {
    Path file = folder.resolve(DinoFiles.CONFIG);
    ObjectNode root = (ObjectNode) new JsonMapper().readTree(file.toFile());
    change.accept(root);
    Files.writeString(file, root.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "registers", "swiglu"})
  void bothLayoutsTellTheSameArchitecture(String name) {
    DinoConfig hub =
        DinoEncoders.find(Fixtures.golden("dinov2/hub/" + name + ".pth").toString()).config();
    DinoConfig other = DinoEncoders.find(Fixtures.golden("dinov2/hf/" + name).toString()).config();
    assertEquals(
        hub,
        new DinoConfig(
            other.patch(),
            other.width(),
            other.layers(),
            other.heads(),
            other.registers(),
            other.hidden(),
            other.swiGlu(),
            other.storedGrid(),
            other.epsilon(),
            hub.rule()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embeddings.cls_token",
        "embeddings.position_embeddings",
        "layernorm.bias",
        "encoder.layer.0.mlp.fc1.weight",
        "encoder.layer.1.attention.attention.key.bias",
        "encoder.layer.1.layer_scale2.lambda1"
      })
  void aMissingTensorIsNamed(String name) {
    tensors(tensors -> tensors.remove(name));
    refused(folder, "has no tensor " + name);
  }

  @Test
  void aTensorTooManyIsNamed() {
    tensors(tensors -> put(tensors, "classifier.weight", 1L));
    refused(folder, "classifier.weight", "does not belong there");
  }

  @Test
  void theMaskTokenIsNotNeeded() {
    tensors(tensors -> tensors.remove("embeddings.mask_token"));
    load(folder);
  }

  @Test
  void aTensorOfAnotherShapeIsToldWithBothShapes() {
    tensors(tensors -> put(tensors, QUERY, 2L, 3L));
    refused(folder, QUERY, "[2, 3], not [");
  }

  @Test
  void shapesThatNoDinoHasAreRefusedBeforeAnythingIsMade() {
    tensors(tensors -> put(tensors, KERNEL, 0L, 3L, 14L, 14L));
    refused(folder, KERNEL, "[0, 3, 14, 14]");
    tensors(tensors -> put(tensors, KERNEL, 36L, 3L, 14L));
    refused(folder, KERNEL, "not of rank 4");
    tensors(tensors -> put(tensors, KERNEL, 1L << 21, 1L, 1L, 1L));
    refused(folder, KERNEL, "which no DINOv2 has");
  }

  @Test
  void positionsThatAreNoSquareAreRefused() {
    tensors(tensors -> put(tensors, "embeddings.position_embeddings", 1L, 4L, 36L));
    refused(folder, "position_embeddings", "3 rows besides the first, no square");
  }

  @Test
  void aBlockThatSkipsSomeIsToldWhatIsMissing() throws IOException {
    config(root -> root.remove("num_hidden_layers"));
    tensors(tensors -> put(tensors, "encoder.layer.999.norm1.weight", 36L));
    refused(folder, "has no tensor encoder.layer.");
    tensors(tensors -> tensors.keySet().removeIf(name -> name.startsWith("encoder.")));
    refused(folder, "has no tensor encoder.layer.0.");
  }

  @Test
  void wholeNumbersAreNoWeights() {
    tensors(
        tensors -> {
          List<Long> shape = tensors.get(QUERY).shape();
          int bytes = Math.toIntExact(shape.get(0) * shape.get(1)) * Long.BYTES;
          tensors.put(
              QUERY, new TensorSource(QUERY, DType.I64, shape, () -> ByteBuffer.allocate(bytes)));
        });
    refused(folder, QUERY, "is of type I64");
  }

  @Test
  void aWeightThatIsNotFiniteIsNamedByItsTensor() {
    tensors(
        tensors ->
            tensors.put(
                "layernorm.bias",
                TensorSource.of(
                    "layernorm.bias",
                    tensors.get("layernorm.bias").shape(),
                    nan(tensors.get("layernorm.bias").shape()))));
    refused(folder, "layernorm.bias", "not finite");
  }

  private static float[] nan(List<Long> shape) {
    float[] values = new float[Math.toIntExact(shape.get(0))];
    values[0] = Float.NaN;
    return values;
  }

  @Test
  void somethingElseIsNoDino() {
    refused(Fixtures.golden("tiny_clip/open_clip_model.safetensors"), "holds no DINOv2");
    refused(Fixtures.golden("tiny_clip/epoch_3.pt"), "holds no DINOv2");
    refused(Fixtures.golden("tiny_clip"), "is neither a DINOv2 installed in");
    refused(temporary.resolve("nowhere"), "is neither a DINOv2 installed in", "dinov2-small");
  }

  @Test
  void aDinoIsNoClipAndIsToldSo() {
    String words = "holds a DINOv2, which sees pictures and knows no texts";
    for (Path location :
        List.of(
            folder, folder.resolve(DinoFiles.WEIGHTS), Fixtures.golden("dinov2/hf/registers"))) {
      InputException fault =
          assertThrows(InputException.class, () -> OpenClipWeights.open(location));
      assertTrue(fault.getMessage().contains(words), fault::getMessage);
      assertTrue(DinoEncoders.recognise(location.toString()).isPresent());
    }
    assertTrue(DinoEncoders.recognise(Fixtures.golden("tiny_clip").toString()).isEmpty());
    assertTrue(
        DinoEncoders.recognise(Fixtures.golden("tiny_clip/epoch_3.pt").toString()).isEmpty());
  }

  @Test
  void weightsInSeveralFilesAreRefused() throws IOException {
    Files.delete(folder.resolve(DinoFiles.WEIGHTS));
    refused(folder, DinoFiles.WEIGHTS);
    Files.writeString(folder.resolve(DinoFiles.WEIGHTS + ".index.json"), "{}");
    refused(folder, "has its weights in several files");
  }

  @Test
  void aConfigurationMustBeThereAndFitTheWeights() throws IOException {
    Files.delete(folder.resolve(DinoFiles.CONFIG));
    refused(folder.resolve(DinoFiles.WEIGHTS), "has no config.json beside it");
  }

  @ParameterizedTest
  @CsvSource({
    "patch_size, 16",
    "hidden_size, 384",
    "num_hidden_layers, 40",
    "num_register_tokens, 4",
    "num_attention_heads, 0",
    "num_attention_heads, 5",
    "layer_norm_eps, 2"
  })
  void aNumberOfTheConfigurationThatDoesNotFitIsNamed(String field, int value) throws IOException {
    config(root -> root.put(field, value));
    refused(folder, field.equals("num_attention_heads") && value == 5 ? "5 heads" : field);
  }

  @Test
  void whatIsNotComputedIsRefused() throws IOException {
    config(root -> root.put("qkv_bias", false));
    refused(folder, "qkv_bias is false");
    config(root -> root.put("qkv_bias", true).put("hidden_act", "relu"));
    refused(folder, "hidden_act is \"relu\", not gelu");
    config(root -> root.put("hidden_act", "gelu").put("model_type", "dinov2_with_registers"));
    refused(folder, "model_type is dinov2_with_registers, but the weights have 0 registers");
    config(root -> root.put("model_type", "dinov2_backbone"));
    refused(folder, "model_type is \"dinov2_backbone\", not a DINOv2's");
  }

  @Test
  void aConfigurationThatIsNoJsonIsRefused() throws IOException {
    Files.writeString(folder.resolve(DinoFiles.CONFIG), "{\"model_type\": \"dinov2\", ");
    refused(folder.resolve(DinoFiles.WEIGHTS), DinoFiles.CONFIG, "is not readable JSON");
  }

  @Test
  void headsOfAHubFileComeFromBesideItOrFromTheCaller() throws IOException {
    Path alone = temporary.resolve("alone.pth");
    Files.copy(Fixtures.golden("dinov2/hub/plain.pth"), alone);
    DinoConfig told =
        DinoEncoders.find(Fixtures.golden("dinov2/hub/plain.pth").toString()).config();
    assertEquals(told, DinoCheckpoint.open(alone, OptionalInt.of(told.heads())).config());
    if (told.width() % 64 != 0) { // the golden folder's other sizes may be real ones
      refused(alone, "does not tell its heads", "num_heads");
    }
    Files.writeString(temporary.resolve("alone.json"), "{\"num_heads\": " + told.heads() + "}");
    assertEquals(told, DinoEncoders.find(alone.toString()).config());
    Files.writeString(temporary.resolve("alone.json"), "{\"num_heads\": \"many\"}");
    refused(alone, "alone.json", "num_heads is \"many\"");
  }

  @Test
  void aMutatedHubFileIsReadOrRefusedInOneLine() throws IOException {
    byte[] good = Files.readAllBytes(Fixtures.golden("dinov2/hub/swiglu.pth"));
    Path file = temporary.resolve("mutated.pth");
    long seed = 18;
    Random random = new Random(seed);
    int refused = 0;
    int all = Fuzz.times("checkpoint of DINOv2", 200);
    for (int round = 0; round < all; round++) {
      byte[] bytes = good.clone();
      for (int change = 0; change < 3; change++) {
        // The pickle and the directory, where a changed byte means something.
        int span = 8000;
        int at =
            random.nextBoolean() ? random.nextInt(span) : bytes.length - 1 - random.nextInt(span);
        bytes[at] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        DinoCheckpoint.open(file, OptionalInt.of(2));
      } catch (InputException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      }
    }
    assertTrue(refused > all / 4, "seed " + seed + " refused only " + refused);
  }

  @Test
  void weightsThatChangedSinceTheyWerePulledAreRefused() throws IOException {
    Path pulled = Files.createDirectories(temporary.resolve("store/tiny"));
    Path weights = pulled.resolve("tiny.pth");
    Files.copy(Fixtures.golden("dinov2/hub/plain.pth"), weights);
    Files.copy(Fixtures.golden("dinov2/hub/plain.json"), pulled.resolve("tiny.json"));
    Files.writeString(
        pulled.resolve("anople-backbone.json"),
        "{\"name\": \"tiny\", \"kind\": \"dinov2\", \"architecture\": \"dinov2_tiny\","
            + " \"weights\": \"tiny.pth\", \"url\": \"u\", \"sha256\": \""
            + "0".repeat(64)
            + "\"}");
    BackboneStore store = new BackboneStore(temporary.resolve("store"), Map.of());
    DinoCheckpoint found = DinoEncoders.find("tiny", store);
    DinoSettings settings = new DinoSettings(14, List.of(), true, false);
    InputException fault =
        assertThrows(
            InputException.class,
            () -> DinoEncoders.open(found, settings, Precision.FP32, ComputeDevice.CPU));
    assertTrue(fault.getMessage().contains("as when it was pulled; pull it again"));
  }

  @Test
  void whatIsNotInstalledIsToldWithHowToPullIt() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("installed"));
    BackboneStore store = new BackboneStore(folder, Map.of());
    InputException fault =
        assertThrows(InputException.class, () -> DinoEncoders.installed("dinov2-small", store));
    assertEquals(
        "encoder 'dinov2-small': is not installed in "
            + folder
            + "; pull it (anople backbone pull dinov2-small)",
        fault.getMessage());
    Path pulled = Files.createDirectories(folder.resolve("dinov2-small"));
    Files.copy(Fixtures.golden("dinov2/hub/plain.pth"), pulled.resolve("dinov2_vits14.pth"));
    Files.copy(Fixtures.golden("dinov2/hub/plain.json"), pulled.resolve("dinov2_vits14.json"));
    assertEquals(
        pulled.resolve("dinov2_vits14.pth"),
        DinoEncoders.installed("dinov2-small", store).weightsFile());
  }
}
