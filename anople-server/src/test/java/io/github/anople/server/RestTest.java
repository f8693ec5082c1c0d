package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way of a product through the interface for programs, on each database. */
abstract class RestTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Server server;
  private String root;

  /** The address of an empty database; null for the server's own. */
  abstract String database() throws IOException;

  @BeforeEach
  void start() throws IOException {
    String database = database();
    server =
        Server.start(
            new Server.Options(
                folder.resolve("data"),
                "localhost",
                0,
                Optional.ofNullable(database),
                Map.of(
                    "anople.backbone",
                    Fixtures.golden("tiny_clip").toString(),
                    "anople.training.optimizer.epochs",
                    "1")));
    root = server.address() + "/api/v1";
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode send(int status, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(root + path));
  }

  private JsonNode post(int status, String path, String json) throws Exception {
    return send(
        status,
        at(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  private static Path image(String name) {
    return Fixtures.golden("images").resolve(name);
  }

  private JsonNode picture(int status, String path, String image) throws Exception {
    return send(
        status,
        at(path)
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(Files.readAllBytes(image(image)))));
  }

  @Test
  void aGoodPictureMakesADetectorAndTheDetectorGivesVerdicts() throws Exception {
    post(201, "/products", "{\"name\": \"bracket\"}");
    picture(201, "/products/bracket/pictures?name=..%2Fone.png", "rgb_97x61.png");
    JsonNode job = post(202, "/products/bracket/detectors:train", "");
    while (!job.path("state").stringValue().matches("done|failed")) {
      Thread.sleep(100);
      job = send(200, at("/jobs/" + job.path("id").intValue()));
    }
    assertEquals("done", job.path("state").stringValue(), job.toString());
    JsonNode versions = send(200, at("/products/bracket/detectors"));
    assertEquals(2, versions.size());
    assertTrue(versions.get(0).path("active").booleanValue());

    JsonNode inspection =
        picture(201, "/products/bracket/inspections?serialNumber=7", "rgb_97x61.png");
    assertEquals("7", inspection.path("serialNumber").stringValue());
    JsonNode page = send(200, at("/products/bracket/inspections?serialNumber=7"));
    assertEquals(inspection, page.path("inspections").get(0));
  }
}
