package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with a product that has a detector, connections that try again fast, and no other. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ConnectedTest {

  static final String PRODUCT = "bracket";
  static final String GOOD = "rgb_97x61.png";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, String> FAST =
      Map.of(
          "anople.connect.first-pause", "50ms",
          "anople.connect.longest-pause", "200ms",
          "anople.connect.most", "5",
          "anople.connect.tidy", "100ms",
          "anople.connect.poll", "50ms",
          "anople.connect.patience", "2s");

  @TempDir static Path folder;

  TestServer server;

  /** The address of an empty database; null for the server's own. */
  abstract String database();

  @BeforeAll
  void enrol() throws Exception {
    start();
    server.enrol(PRODUCT, TestServer.image(GOOD));
  }

  private void start() {
    server = TestServer.startWith(data(), Optional.ofNullable(database()), FAST);
  }

  Path data() {
    return folder.resolve("data");
  }

  void restart() {
    server.close();
    start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void disconnect() throws Exception {
    for (JsonNode one : server.get("/connections")) {
      server.send(server.api("/connections/" + one.path("id").asLong()).DELETE());
    }
  }

  /** A connection of the product; further fields as name and text. */
  JsonNode connect(String kind, String target, String... fields) throws Exception {
    return server.post(201, "/connections", wish(kind, target, fields));
  }

  static String wish(String kind, String target, String... fields) {
    var json = JSON.createObjectNode();
    json.put("product", PRODUCT).put("kind", kind).put("target", target);
    for (int i = 0; i < fields.length; i += 2) {
      json.put(fields[i], fields[i + 1]);
    }
    return json.toString();
  }

  /** The number of a new inspection. */
  long inspect(String image) throws Exception {
    return server
        .picture(201, "/products/" + PRODUCT + "/inspections", TestServer.image(image))
        .path("id")
        .asLong();
  }

  JsonNode connection(JsonNode one) throws Exception {
    return server.get("/connections/" + one.path("id").asLong());
  }

  /** How the connection stands as soon as it stands so; never is a failure. */
  JsonNode await(JsonNode connection, Predicate<JsonNode> state) throws Exception {
    return await(() -> connection(connection), state);
  }

  static <T> T await(Callable<T> look, Predicate<T> wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    T seen = look.call();
    while (!wanted.test(seen)) {
      assertTrue(Instant.now().isBefore(end), "never: " + seen);
      Thread.sleep(20);
      seen = look.call();
    }
    return seen;
  }
}
