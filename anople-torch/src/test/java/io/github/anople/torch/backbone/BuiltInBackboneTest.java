package io.github.anople.torch.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BuiltInBackboneTest {

  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  @TempDir private Path folder;

  private final Map<String, byte[]> jar = new HashMap<>();

  @BeforeEach
  void fillTheJar() throws IOException {
    jar.put(WEIGHTS, new byte[100_000]);
    jar.put("merges.txt", "#version: 0.2\n".getBytes(UTF_8));
    jar.put("open_clip_config.json", "{}".getBytes(UTF_8));
    sum();
  }

  private void sum() {
    StringBuilder sums = new StringBuilder();
    for (String file : List.of(WEIGHTS, "merges.txt", "open_clip_config.json")) {
      sums.append(Sha256.of(jar.get(file))).append("  ").append(file).append('\n');
    }
    jar.put("SHA256SUMS", sums.toString().getBytes(UTF_8));
  }

  private BuiltInBackbone builtIn() {
    Function<String, InputStream> resources =
        file -> jar.containsKey(file) ? new ByteArrayInputStream(jar.get(file)) : null;
    return new BuiltInBackbone("tiny", "a note", resources);
  }

  private void assertWhole(Backbone backbone) throws IOException {
    for (String file : List.of(WEIGHTS, "merges.txt", "open_clip_config.json")) {
      assertArrayEquals(jar.get(file), Files.readAllBytes(backbone.directory().resolve(file)));
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itsFilesLieInAFolderNamedByTheWeights() throws IOException {
    BuiltInBackbone builtIn = builtIn();

    Backbone backbone = builtIn.unpack(folder.resolve("not/yet/there"));

    assertEquals("tiny", backbone.name());
    assertEquals(
        folder.resolve("not/yet/there/tiny-" + builtIn.sha256().substring(0, 12)),
        backbone.directory());
    assertWhole(backbone);
    assertEquals(
        List.of("merges.txt", WEIGHTS, "open_clip_config.json").stream().sorted().toList(),
        files(backbone.directory()));
  }

  @Test
  void otherWeightsHaveAnotherFolder() throws IOException {
    Backbone old = builtIn().unpack(folder);
    jar.put(WEIGHTS, new byte[] {1, 2, 3});
    sum();

    Backbone young = builtIn().unpack(folder);

    assertNotEquals(old.directory(), young.directory());
    assertWhole(young);
    assertEquals(100_000, Files.size(old.weights()));
  }

  @Test
  void wholeFilesAreUsedAsTheyAre() throws IOException {
    Path weights = builtIn().unpack(folder).weights();
    Files.setLastModifiedTime(weights, LONG_AGO);

    builtIn().unpack(folder);

    assertEquals(LONG_AGO, Files.getLastModifiedTime(weights));
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, "merges.txt", "open_clip_config.json"})
  void aTruncatedOrTamperedOrMissingFileIsReplacedAndTheOthersStay(String damaged)
      throws IOException {
    Backbone backbone = builtIn().unpack(folder);
    Path file = backbone.directory().resolve(damaged);
    byte[] good = jar.get(damaged);
    byte[] tampered = good.clone();
    tampered[good.length / 2] ^= 1;
    for (byte[] bad : List.of(new byte[0], new byte[] {good[0]}, tampered)) {
      for (String other : jar.keySet()) {
        if (Files.exists(backbone.directory().resolve(other))) {
          Files.setLastModifiedTime(backbone.directory().resolve(other), LONG_AGO);
        }
      }
      Files.write(file, bad);

      assertWhole(builtIn().unpack(folder));

      long renewed =
          files(backbone.directory()).stream()
              .filter(name -> !isLongAgo(backbone.directory().resolve(name)))
              .count();
      assertEquals(1, renewed);
    }
    Files.delete(file);
    assertWhole(builtIn().unpack(folder));
  }

  private static boolean isLongAgo(Path file) {
    try {
      return Files.getLastModifiedTime(file).equals(LONG_AGO);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manyMayUnpackAtOnce() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier together = new CyclicBarrier(threads);
      List<Future<Backbone>> unpacked = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<Backbone> task =
            () -> {
              together.await();
              return builtIn().unpack(folder);
            };
        unpacked.add(pool.submit(task));
      }
      for (Future<Backbone> backbone : unpacked) {
        assertTrue(backbone.get().directory().startsWith(folder));
        assertWhole(backbone.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(3, files(builtIn().unpack(folder).directory()).size());
  }

  @Test
  void aCacheThatCannotBeWrittenIsReplacedByATemporaryFolder() throws IOException {
    // A file where the folder should be stops even those who may write everywhere.
    Path cache = Files.writeString(folder.resolve("cache"), "");

    Backbone backbone = builtIn().unpack(cache);

    assertFalse(backbone.directory().startsWith(folder));
    assertWhole(backbone);
    assertEquals("tiny", backbone.name());
  }

  @Test
  void aDamagedJarIsToldAndLeavesNothingThatLooksWhole() throws IOException {
    jar.get(WEIGHTS)[7] ^= 1;
    BuiltInBackbone damaged = builtIn();

    InputException fault = assertThrows(InputException.class, () -> damaged.unpack(folder));

    assertTrue(fault.getMessage().contains("built-in backbone tiny: " + WEIGHTS + " has SHA-256"));
    assertTrue(fault.getMessage().contains("its jar is damaged"), fault.getMessage());
    assertFalse(
        files(files(folder).stream().map(folder::resolve).findFirst().orElseThrow())
            .contains(WEIGHTS));
  }

  @Test
  void aJarWithoutItsFilesOrSumsIsWronglyBuilt() {
    for (String sums : List.of("", "nonsense\n", "0".repeat(64) + "  ../merges.txt\n")) {
      jar.put("SHA256SUMS", sums.getBytes(UTF_8));
      assertThrows(IllegalArgumentException.class, this::builtIn, sums);
    }
    jar.clear();
    assertThrows(IllegalArgumentException.class, this::builtIn);
  }

  @Test
  void itIsTheLastThatAStoreFallsBackOn() throws IOException {
    BackboneStore store = store(Map.of());

    assertEquals(Optional.empty(), store.find(Optional.empty()));
    Backbone found = store.locate(Optional.empty());
    assertEquals("tiny", found.name());
    assertEquals(store.builtInFolder(), found.directory().getParent());
    assertEquals(folder.resolve("builtin"), store.builtInFolder());
    assertTrue(store.list().isEmpty());

    Path installed = install("backbones/large");
    assertEquals(installed, store.locate(Optional.empty()).directory());
    Path preferred = install("preferred");
    BackboneStore withVariable = store(Map.of("ANOPLE_BACKBONE", preferred.toString()));
    assertEquals(preferred, withVariable.locate(Optional.empty()).directory());
  }

  @Test
  void itsNameFindsItUnlessAnInstalledOneHasTheName() throws IOException {
    Path installed = install("backbones/large");
    BackboneStore store = store(Map.of("ANOPLE_BACKBONE", installed.toString()));

    assertEquals(store.builtInFolder(), store.locate(Optional.of("tiny")).directory().getParent());
    assertEquals(
        store.builtInFolder(),
        store.find(Optional.of("tiny")).orElseThrow().directory().getParent());
    assertEquals(
        store.builtInFolder(),
        store(Map.of("ANOPLE_BACKBONE", "tiny")).locate(Optional.empty()).directory().getParent());
    assertEquals("a note", store.builtIn().orElseThrow().note());

    Path hiding = install("backbones/tiny");
    assertEquals(hiding, store.locate(Optional.of("tiny")).directory());
    assertEquals(Optional.empty(), store.builtIn());
  }

  private BackboneStore store(Map<String, String> environment) {
    return new BackboneStore(folder.resolve("backbones"), environment, Optional.of(builtIn()));
  }

  private Path install(String directory) throws IOException {
    Path made = Files.createDirectories(folder.resolve(directory));
    Files.writeString(made.resolve(WEIGHTS), "");
    Files.writeString(made.resolve("merges.txt"), "");
    return made;
  }
}
