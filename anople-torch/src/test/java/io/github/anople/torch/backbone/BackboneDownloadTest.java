package io.github.anople.torch.backbone;

import static io.github.anople.torch.backbone.ScriptedServer.serve;
import static io.github.anople.torch.backbone.ScriptedServer.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackboneDownloadTest {

  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);
  private static final byte[] VOCABULARY = "vocabulary".getBytes(StandardCharsets.UTF_8);
  private static final DownloadSettings QUICK =
      new DownloadSettings(Duration.ofSeconds(20), Duration.ofSeconds(20), 2, Duration.ofMillis(1));

  @TempDir private Path home;
  private BackboneStore store;

  @BeforeEach
  void makeStore() {
    store = new BackboneStore(BackboneStore.defaultFolder(home), Map.of());
  }

  private BackboneDownload download(DownloadListener listener) {
    return new BackboneDownload(store, QUICK, listener);
  }

  private static BackboneRelease release(URI base) {
    return new BackboneRelease(
        "mini",
        BackboneKind.CLIP,
        "ViT-Mini",
        new RemoteFile(
            "mini.pt",
            base.resolve("mini.pt"),
            DownloadFixture.sha256(WEIGHTS).substring(0, 8),
            1 << 20),
        Optional.of(
            new RemoteFile(
                "merges.txt",
                base.resolve("merges.txt"),
                DownloadFixture.sha256(VOCABULARY),
                1 << 20)),
        "MIT");
  }

  private static ScriptedServer good() {
    return new ScriptedServer(
        (server, exchange) ->
            serve(exchange.getRequestURI().getPath().endsWith(".pt") ? WEIGHTS : VOCABULARY, "")
                .answer(server, exchange));
  }

  @Test
  void aPulledBackboneIsFoundByItsName() throws IOException {
    try (ScriptedServer server = good()) {
      Backbone pulled = download((name, bytes, total) -> {}).pull(release(server.url("")));
      assertEquals("mini", pulled.name());
      assertEquals(Optional.of("ViT-Mini"), pulled.architecture());
      assertArrayEquals(WEIGHTS, Files.readAllBytes(pulled.weights()));
      assertArrayEquals(VOCABULARY, Files.readAllBytes(pulled.vocabulary()));
      assertEquals(pulled, store.locate(Optional.of("mini")));
      assertEquals(pulled, store.locate(Optional.empty()));
    }
  }

  @Test
  void theManifestTellsWhereItCameFrom() throws IOException {
    try (ScriptedServer server = good()) {
      Backbone pulled = download((name, bytes, total) -> {}).pull(release(server.url("")));
      JsonNode json =
          new ObjectMapper().readTree(pulled.directory().resolve("anople-backbone.json").toFile());
      assertEquals("mini", json.get("name").asText());
      assertEquals("ViT-Mini", json.get("architecture").asText());
      assertEquals("mini.pt", json.get("weights").asText());
      assertEquals(server.url("mini.pt").toString(), json.get("url").asText());
      assertEquals(DownloadFixture.sha256(WEIGHTS), json.get("sha256").asText());
    }
  }

  @Test
  void aMirrorReplacesTheAddressOfBothFiles() {
    try (ScriptedServer server = good()) {
      BackboneRelease release =
          release(URI.create("https://unused.example/a/"))
              .mirroredAt(server.url("some/folder").toString());
      download((name, bytes, total) -> {}).pull(release);
      assertEquals("/some/folder/merges.txt", server.requests.get(0).path());
      assertEquals("/some/folder/mini.pt", server.requests.get(1).path());
    }
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    BackboneRelease release = release(URI.create("https://unused.example/a/"));
    for (String base :
        new String[] {"", "mirror", "ftp://x", "http://", "http://a b", "http://x?y"}) {
      InputException fault =
          assertThrows(InputException.class, () -> release.mirroredAt(base), base);
      assertTrue(fault.getMessage().startsWith("address \"" + base), fault::getMessage);
    }
  }

  @Test
  void aBackboneThatIsHalfThereIsNotListedAndPullingAgainCompletesIt() {
    try (ScriptedServer server = new ScriptedServer(serve(VOCABULARY, ""), status(404))) {
      BackboneDownload download = download((name, bytes, total) -> {});
      assertThrows(InputException.class, () -> download.pull(release(server.url(""))));
      assertEquals(0, store.list().size());
      InputException fault =
          assertThrows(InputException.class, () -> store.locate(Optional.of("mini")));
      assertTrue(fault.getMessage().contains("has no weights"), fault::getMessage);
      assertTrue(fault.getMessage().contains("complete backbone"), fault::getMessage);
    }
    try (ScriptedServer server = good()) {
      download((name, bytes, total) -> {}).pull(release(server.url("")));
      assertEquals(1, server.requests.size());
      assertEquals(1, store.list().size());
    }
  }

  @Test
  void twoPullsOfOneBackboneDoNotMeet() {
    try (ScriptedServer server = good()) {
      BackboneDownload second = download((name, bytes, total) -> {});
      BackboneDownload first =
          download((name, bytes, total) -> second.pull(release(server.url(""))));
      InputException fault =
          assertThrows(InputException.class, () -> first.pull(release(server.url(""))));
      assertTrue(fault.getMessage().contains("is being downloaded"), fault::getMessage);
      // The lock ends with the pull, also with one that failed.
      second.pull(release(server.url("")));
    }
  }

  @Test
  void aStoreThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(home.resolve(".cache"), "a file where a folder should be");
    InputException fault =
        assertThrows(
            InputException.class,
            () ->
                download((name, bytes, total) -> {})
                    .pull(release(URI.create("http://127.0.0.1:1/"))));
    assertTrue(fault.getMessage().contains("cannot be created"), fault::getMessage);
    assertFalse(fault.getMessage().contains("\n"));
  }

  private static BackboneRelease unhashed(URI base) {
    RemoteFile weights = new RemoteFile("d.pth", base.resolve("d.pth"), "", 1 << 20);
    return new BackboneRelease(
        "dino", BackboneKind.DINOV2, "dinov2_d", weights, Optional.empty(), "Apache-2.0");
  }

  @Test
  void aHashThatNobodyPublishesIsRecordedAtTheFirstPullAndCheckedAtTheNext() throws IOException {
    BackboneDownload download = download((name, bytes, total) -> {});
    try (ScriptedServer server = new ScriptedServer(serve(WEIGHTS, ""))) {
      BackboneDownload.Installed first = download.install(unhashed(server.url("")));
      assertEquals(DownloadFixture.sha256(WEIGHTS), first.sha256());
      assertEquals(first, download.install(unhashed(server.url(""))));
      assertEquals(1, server.requests.size());
      DinoFiles found = store.encoder("dino").orElseThrow();
      assertEquals(Optional.of(first.sha256()), found.sha256());
      assertEquals(List.of(found), store.encoders());
      assertEquals(List.of(), store.list());
    }
    Files.delete(store.folder().resolve("dino/d.pth"));
    InputException gone = assertThrows(InputException.class, () -> store.encoder("dino"));
    assertTrue(gone.getMessage().contains("lacks its weights, d.pth"), gone::getMessage);
    try (ScriptedServer server = new ScriptedServer(serve(VOCABULARY, ""))) {
      InputException fault =
          assertThrows(InputException.class, () -> download.install(unhashed(server.url(""))));
      assertTrue(
          fault.getMessage().contains("not " + DownloadFixture.sha256(WEIGHTS)), fault::getMessage);
    }
  }

  @Test
  void aPulledDinoIsNoBackbone() {
    try (ScriptedServer server = new ScriptedServer(serve(WEIGHTS, ""))) {
      download((name, bytes, total) -> {}).install(unhashed(server.url("")));
    }
    InputException fault =
        assertThrows(InputException.class, () -> store.locate(Optional.of("dino")));
    assertTrue(fault.getMessage().contains("holds a DINOv2"), fault::getMessage);
    assertEquals(Optional.empty(), store.find(Optional.empty()));
  }

  @Test
  void theCatalogKnowsDinosAddressesOnTorchHub() {
    BackboneCatalog catalog = BackboneCatalog.standard();
    assertEquals(8, catalog.of(BackboneKind.DINOV2).size());
    BackboneRelease small = catalog.get("dinov2-small");
    assertEquals(
        "https://dl.fbaipublicfiles.com/dinov2/dinov2_vits14/dinov2_vits14_pretrain.pth",
        small.weights().url().toString());
    assertEquals("Apache-2.0 (Meta, DINOv2)", small.licence());
    assertEquals(
        "https://dl.fbaipublicfiles.com/dinov2/dinov2_vitg14/dinov2_vitg14_reg4_pretrain.pth",
        catalog.get("dinov2-with-registers-giant").weights().url().toString());
  }

  @Test
  void theCatalogKnowsThePapersBackbones() {
    BackboneRelease release = BackboneCatalog.standard().get("vit-b-16-plus-240");
    assertEquals("ViT-B-16-plus-240", release.architecture());
    assertEquals(
        "https://github.com/mlfoundations/open_clip/releases/download/v0.2-weights/"
            + "vit_b_16_plus_240-laion400m_e32-699c4b84.pt",
        release.weights().url().toString());
    assertEquals("699c4b84", release.weights().sha256());
    assertEquals(
        "8fb26589", BackboneCatalog.standard().get("vit-b-16-plus-240-e31").weights().sha256());
    InputException fault =
        assertThrows(InputException.class, () -> BackboneCatalog.standard().get("vit"));
    assertTrue(
        fault.getMessage().contains("vit-b-16-plus-240, vit-b-16-plus-240-e31, dinov2-small"),
        fault::getMessage);
  }
}
