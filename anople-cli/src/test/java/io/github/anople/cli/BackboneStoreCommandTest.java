package io.github.anople.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the store of a home folder that is the test's own. */
@Timeout(60)
class BackboneStoreCommandTest {

  private static final String NAME = "vit-b-16-plus-240";

  @TempDir Path home;
  private String userHome;

  @BeforeEach
  void moveHome() {
    userHome = System.setProperty("user.home", home.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty("user.home", userHome);
  }

  @Test
  void listShowsWhatCanBePulled() throws IOException {
    CommandRun table = CommandRun.of("backbone", "list").done();
    assertTrue(table.out().contains("anople backbone pull " + NAME), table.out());

    JsonNode json = CommandRun.of("backbone", "list", "--json").done().json();
    assertEquals(NAME, json.get(1).get("name").asText());
    assertFalse(json.get(1).get("installed").asBoolean());
  }

  @Test
  void theBuiltInOneIsListedWithItsLimitsAndKnownByName() throws IOException {
    String list = CommandRun.of("backbone", "list").done().out();
    assertTrue(list.contains("mini                         built in; Apache-2.0"), list);
    assertTrue(list.contains("not for production"), list);
    JsonNode json = CommandRun.of("backbone", "list", "--json").done().json();
    assertEquals("mini", json.get(0).get("name").asText());
    assertTrue(json.get(0).get("built_in").asBoolean());
    assertEquals(List.of(), files(), "listing unpacks nothing");

    CommandRun info = CommandRun.of("backbone", "info", "mini").done();
    assertTrue(info.out().contains("architecture  mini"), info.out());
    assertTrue(info.out().contains("240 px in patches of 16 (15 x 15)"), info.out());
    assertTrue(info.out().contains("not for production"), info.out());
    assertTrue(info.out().contains(MiniBackbone.builtIn().sha256()), info.out());
    assertTrue(files().contains("open_clip_model.safetensors"));
    assertFalse(CommandRun.of("backbone", "list").done().out().contains("installed"));
  }

  @Test
  void aCommandWithoutABackboneUsesTheBuiltInOneAndSaysSoOnce() throws IOException {
    CommandRun loud = CommandRun.of("backbone", "embed", "--text", "a bottle");
    assertEquals(0, loud.code(), loud.err());
    assertEquals(1, loud.err().lines().count(), loud.err());
    assertTrue(loud.err().contains("using the built-in mini"), loud.err());
    assertTrue(loud.err().contains("anople backbone list"), loud.err());

    CommandRun.of("backbone", "embed", "--text", "a bottle", "--quiet").done();
    CommandRun.of("backbone", "embed", "--text", "a bottle", "--backbone", "mini").done();
    copyTiny(store().resolve("tiny"));
    CommandRun.of("backbone", "embed", "--text", "a bottle").done();
  }

  @Test
  void anInstalledBackboneIsListedAndFoundByItsName() throws IOException {
    Path tiny = store().resolve("tiny");
    copyTiny(tiny);
    Files.createDirectories(store().resolve("half"));

    JsonNode json = CommandRun.of("backbone", "list", "--json").done().json();

    assertEquals("tiny", json.get(0).get("name").asText());
    assertTrue(json.get(0).get("installed").asBoolean());
    assertEquals(tiny.toString(), json.get(0).get("directory").asText());
    assertFalse(json.toString().contains("\"half\""), json.toString());
    assertTrue(CommandRun.of("backbone", "list").done().out().contains("installed in " + tiny));
    String info = CommandRun.of("backbone", "info", "tiny").done().out();
    assertTrue(info.contains("file          " + tiny.resolve("open_clip_model.safetensors")), info);
  }

  @Test
  void aNameThatIsNotInstalledIsRefusedWithTheCommandThatInstalls() {
    CommandRun.of("backbone", "info", "unheard-of")
        .inputFault(
            "unheard-of",
            store().toString(),
            "pull " + NAME,
            "anople backbone pull NAME",
            "--backbone");
    CommandRun.of("backbone", "pull", "unheard-of").inputFault("unheard-of", NAME);
  }

  @Test
  void aFileWithAnotherHashIsRefusedAndLeavesNothing() throws IOException {
    byte[] wrong = "not the vocabulary".getBytes(UTF_8);
    try (Mirror mirror = new Mirror(200, wrong)) {
      CommandRun.of("backbone", "pull", NAME, "--quiet", "--mirror", mirror.url())
          .inputFault(mirror.url(), "sent 18 bytes with SHA-256", "from another mirror");

      assertEquals(List.of(".pull.lock"), files());
      assertFalse(CommandRun.of("backbone", "list").done().out().contains("installed"));

      CommandRun loud = CommandRun.of("backbone", "pull", NAME, "--mirror", mirror.url());
      assertEquals(1, loud.code());
      List<String> lines = loud.err().lines().toList();
      assertTrue(lines.get(lines.size() - 2).contains(": 100 % of "), loud.err());
      assertTrue(lines.get(lines.size() - 1).startsWith("anople: http://"), loud.err());
    }
  }

  @Test
  void aDinoIsPulledListedAndToldApart() throws IOException {
    byte[] weights = Files.readAllBytes(Fixtures.golden("dinov2/hub/registers.pth"));
    String name = "dinov2-with-registers-small";
    String hash = Sha256.of(Fixtures.golden("dinov2/hub/registers.pth"));
    Path folder = store().resolve(name);
    try (Mirror mirror = new Mirror(200, weights)) {
      CommandRun pulled = CommandRun.of("backbone", "pull", name, "--mirror", mirror.url());
      assertEquals(0, pulled.code(), pulled.err());
      assertEquals(folder.toString(), pulled.out().strip());
      assertTrue(pulled.err().contains("licence of the weights: Apache-2.0"), pulled.err());
      assertTrue(pulled.err().contains(hash + " is recorded, and checked"), pulled.err());
    }
    Files.copy(
        Fixtures.golden("dinov2/hub/registers.json"),
        folder.resolve("dinov2_vits14_reg4_pretrain.json"));

    String list = CommandRun.of("backbone", "list").done().out();
    assertTrue(list.contains(name + "  installed in " + folder), list);
    assertTrue(list.contains("DINOv2: pictures only"), list);
    assertTrue(list.contains("anople backbone pull dinov2-giant"), list);
    String json = CommandRun.of("backbone", "list", "--json").done().json().toString();
    assertTrue(json.contains("{\"name\":\"" + name + "\",\"kind\":\"dinov2\""), json);

    String info = CommandRun.of("backbone", "info", name).done().out();
    assertTrue(info.contains("DINOv2: pictures only"), info);
    assertTrue(info.contains("by the rule hub-registers"), info);
    assertTrue(info.contains(hash), info);
    JsonNode told = CommandRun.of("backbone", "info", name, "--json").done().json();
    assertEquals("dinov2", told.get("kind").asText());
    assertEquals(hash, told.get("sha256").asText());
    CommandRun.of("backbone", "embed", "--text", "a bottle", "--backbone", name)
        .inputFault("holds a DINOv2", "give a CLIP as the backbone");
    // No CLIP is installed, so the built-in one is what a command takes, as before.
    CommandRun.of("backbone", "embed", "--text", "a bottle", "--quiet").done();
  }

  @Test
  void aMirrorWithoutTheFileIsRefused() throws IOException {
    try (Mirror mirror = new Mirror(404, new byte[0])) {
      CommandRun.of("backbone", "pull", NAME, "--quiet", "--mirror", mirror.url())
          .inputFault(mirror.url(), "404");

      assertEquals(List.of(".pull.lock"), files());
    }
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    for (String address : List.of("", "ftp://127.0.0.1/", "http://", "http://a b/", "mirror")) {
      CommandRun.of("backbone", "pull", NAME, "--mirror", address).inputFault("address");
    }
  }

  private Path store() {
    return home.resolve(".cache").resolve("anople").resolve("backbones");
  }

  private static void copyTiny(Path to) throws IOException {
    Files.createDirectories(to);
    for (String file :
        List.of("merges.txt", "open_clip_config.json", "open_clip_model.safetensors")) {
      Files.copy(Fixtures.golden("tiny_clip/" + file), to.resolve(file));
    }
  }

  /** Names of all files below the home folder. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Answers every request alike. */
  private static final class Mirror implements AutoCloseable {

    private final HttpServer server;

    Mirror(int status, byte[] body) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
