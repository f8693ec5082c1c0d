package io.github.anople.torch.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackboneStoreTest {

  private static final String WEIGHTS = "vit_b_16_plus_240-laion400m_e32-699c4b84.pt";

  @TempDir private Path folder;

  private BackboneStore store(Map<String, String> environment) {
    return new BackboneStore(folder.resolve("store"), environment);
  }

  private Path install(String directory, String... files) throws IOException {
    Path made = Files.createDirectories(folder.resolve(directory));
    for (String file : files) {
      Files.writeString(made.resolve(file), "");
    }
    return made;
  }

  private Path whole(String directory) throws IOException {
    return install(directory, "open_clip_model.safetensors", "merges.txt", "open_clip_config.json");
  }

  private String fault(BackboneStore store, String asked) {
    String message =
        assertThrows(InputException.class, () -> store.locate(Optional.of(asked))).getMessage();
    assertFalse(message.contains("\n"));
    return message;
  }

  private static void assertContains(String expected, String message) {
    assertTrue(message.contains(expected), message);
  }

  @Test
  void theOneAskedForWinsOverTheEnvironmentAndThatOverTheStore() throws IOException {
    Path asked = whole("asked");
    Path preferred = whole("preferred");
    Path installed = whole("store/installed");
    BackboneStore plain = store(Map.of());
    BackboneStore withVariable = store(Map.of("ANOPLE_BACKBONE", preferred.toString()));
    Optional<String> argument = Optional.of(asked.toString());
    assertEquals(asked, withVariable.locate(argument).directory());
    assertEquals(preferred, withVariable.locate(Optional.empty()).directory());
    assertEquals(installed, plain.locate(Optional.empty()).directory());
    assertEquals(
        installed, store(Map.of("ANOPLE_BACKBONE", " ")).locate(Optional.empty()).directory());
    assertEquals("installed", plain.locate(Optional.of("installed")).name());
  }

  @Test
  void theCatalogsDefaultWinsAmongSeveral() throws IOException {
    whole("store/another");
    whole("store/vit-b-16-plus-240-e31");
    Path first = whole("store/vit-b-16-plus-240");
    assertEquals(first, store(Map.of()).locate(Optional.empty()).directory());
    assertEquals(
        List.of("another", "vit-b-16-plus-240", "vit-b-16-plus-240-e31"),
        store(Map.of()).list().stream().map(Backbone::name).toList());
  }

  @Test
  void severalOfWhichNoneIsTheDefaultAreNotGuessedAmong() throws IOException {
    whole("store/one");
    whole("store/two");
    InputException fault =
        assertThrows(InputException.class, () -> store(Map.of()).find(Optional.empty()));
    assertContains("several backbones (one, two)", fault.getMessage());
  }

  @Test
  void nothingAtAllTellsWhatWasLookedAtAndWhatToDo() {
    assertEquals(Optional.empty(), store(Map.of()).find(Optional.empty()));
    InputException fault =
        assertThrows(InputException.class, () -> store(Map.of()).locate(Optional.empty()));
    assertContains("ANOPLE_BACKBONE is not set", fault.getMessage());
    assertContains(folder.resolve("store").toString(), fault.getMessage());
    assertContains("pull vit-b-16-plus-240, or give a backbone's folder", fault.getMessage());
  }

  @Test
  void aNameThatIsNotThereTellsWhereItWasLookedFor() throws IOException {
    String message = fault(store(Map.of()), "vit-l-14");
    assertContains("backbone \"vit-l-14\": is neither installed in " + folder, message);
    assertContains("pull vit-b-16-plus-240 or ", message);
    InputException fault =
        assertThrows(
            InputException.class,
            () -> store(Map.of("ANOPLE_BACKBONE", "nowhere")).locate(Optional.empty()));
    assertContains("ANOPLE_BACKBONE \"nowhere\": ", fault.getMessage());
    Path file = Files.writeString(folder.resolve("model.pt"), "");
    assertContains("is a file", fault(store(Map.of()), file.toString()));
    assertContains("is not a path", fault(store(Map.of()), "a\0b"));
  }

  @Test
  void aNameDoesNotLeadOutOfTheStore() throws IOException {
    whole("secret");
    Files.createDirectories(folder.resolve("store"));
    assertContains("is neither", fault(store(Map.of()), "../secret"));
    assertFalse(BackboneStore.isName(".."));
    assertFalse(BackboneStore.isName("a/b"));
    assertFalse(BackboneStore.isName(""));
  }

  @Test
  void aFolderOfTheHubIsABackbone() {
    Backbone backbone = Backbone.open(Fixtures.golden("tiny_clip_fp16"));
    assertEquals("tiny_clip_fp16", backbone.name());
    assertEquals(Fixtures.golden("tiny_clip_fp16/open_clip_model.safetensors"), backbone.weights());
    assertEquals(Fixtures.golden("tiny_clip_fp16/merges.txt"), backbone.vocabulary());
    assertTrue(backbone.config().isPresent());
    assertTrue(backbone.architecture().isEmpty());
  }

  @Test
  void aCheckpointOfTheReleasesTellsItsArchitectureByName() throws IOException {
    Path directory = install("copied", WEIGHTS, "bpe_simple_vocab_16e6.txt.gz");
    Backbone backbone = Backbone.open(directory);
    assertEquals(Optional.of("ViT-B-16-plus-240"), backbone.architecture());
    assertEquals(directory.resolve(WEIGHTS), backbone.weights());
  }

  @Test
  void aFolderThatLacksSomethingIsToldWhat() throws IOException {
    assertContains(
        "has no weights (open_clip_model.safetensors",
        fault(store(Map.of()), install("a", "merges.txt").toString()));
    assertContains(
        "has no vocabulary (merges.txt",
        fault(store(Map.of()), install("b", "open_clip_model.safetensors").toString()));
    assertContains(
        "holds 2 .pt files",
        fault(store(Map.of()), install("d", "mine.pt", "his.pt", "merges.txt").toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"name\": 1, \"architecture\": \"a\", \"weights\": \"w.pt\"}",
        "{\"name\": \"n\", \"architecture\": \"a\"}",
        "{\"name\": \"n\", \"architecture\": \"a\", \"weights\": \"../w.pt\"}",
        "{\"name\": \"n\\u0000\", \"architecture\": \"a\", \"weights\": \"w.pt\"}",
      })
  void aBrokenManifestIsRefusedByName(String json) throws IOException {
    Path directory = install("broken", "w.pt", "merges.txt");
    Files.writeString(directory.resolve("anople-backbone.json"), json);
    assertContains(
        directory.resolve("anople-backbone.json") + ": ",
        fault(store(Map.of()), directory.toString()));
  }

  @Test
  void aMutatedManifestIsReadOrRefusedByName() throws IOException {
    byte[] good =
        "{\"name\": \"n\", \"architecture\": \"ViT\", \"weights\": \"w.pt\", \"url\": \"u\"}"
            .getBytes(StandardCharsets.UTF_8);
    Path directory = install("mutated", "w.pt", "merges.txt");
    long seed = 4;
    System.out.println("BackboneStoreTest seed " + seed);
    Random random = new Random(seed);
    int refused = 0;
    int all = Fuzz.times("manifest of a backbone", 500);
    for (int round = 0; round < all; round++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Files.write(directory.resolve("anople-backbone.json"), bytes);
      try {
        Backbone.open(directory);
      } catch (InputException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(directory.toString()), e::getMessage);
      }
    }
    assertTrue(refused > all / 10, "seed " + seed + " refused only " + refused);
  }

  @Test
  void anEndlessManifestIsNotRead() throws IOException {
    Path directory = install("endless", "w.pt", "merges.txt");
    Files.writeString(directory.resolve("anople-backbone.json"), "[".repeat(1 << 17));
    assertContains("has more than 65536 bytes", fault(store(Map.of()), directory.toString()));
    Files.writeString(directory.resolve("anople-backbone.json"), "[".repeat(1 << 15));
    assertContains("is not JSON", fault(store(Map.of()), directory.toString()));
  }
}
