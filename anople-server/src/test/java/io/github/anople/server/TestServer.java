package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of a test's own, which learns fast and little, and who asks it. */
final class TestServer implements AutoCloseable {

  /** A backbone of a few numbers, trained for one epoch. */
  static final Map<String, String> TINY =
      Map.of(
          "anople.backbone",
          Fixtures.golden("tiny_clip").toString(),
          "anople.training.optimizer.epochs",
          "1");

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server;

  private TestServer(Server server) {
    this.server = server;
  }

  /** Starts one with a folder, a database of its own or another, and a tiny backbone. */
  static TestServer start(Path data, Optional<String> database) {
    return start(data, database, Map.of());
  }

  /** The same with further properties. */
  static TestServer start(Path data, Optional<String> database, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(TINY);
    properties.putAll(more);
    return new TestServer(
        Server.start(new Server.Options(data, "localhost", 0, database, properties)));
  }

  /** Where it is. */
  String address() {
    return server.address();
  }

  /** A request of a program: {@code path} goes on from {@code /api/v1}. */
  HttpRequest.Builder api(String path) {
    return at("/api/v1" + path);
  }

  /** A request to any address, of a browser. */
  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** What a form of a page sends. */
  HttpResponse<String> form(String path, String fields) throws Exception {
    return send(
        at(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields)));
  }

  /** The answer to a program, of the status that it has to have. */
  JsonNode json(int status, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = send(request);
    assertEquals(status, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  JsonNode get(String path) throws Exception {
    return json(200, api(path));
  }

  JsonNode post(int status, String path, String json) throws Exception {
    return json(
        status,
        api(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  JsonNode put(int status, String path, String json) throws Exception {
    return json(
        status,
        api(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
  }

  /** A picture as the body of a request. */
  JsonNode picture(int status, String path, Path image) throws Exception {
    return json(status, pictureRequest(path, image));
  }

  HttpRequest.Builder pictureRequest(String path, Path image) throws IOException {
    return api(path)
        .header("Content-Type", "image/png")
        .POST(BodyPublishers.ofByteArray(Files.readAllBytes(image)));
  }

  /** One of the golden pictures. */
  static Path image(String name) {
    return Fixtures.golden("images").resolve(name);
  }

  /** A new product that has learned from pictures, the first four of them as shots. */
  void enrol(String product, Path... images) throws Exception {
    post(201, "/products", "{\"name\": \"" + product + "\"}");
    for (Path image : images) {
      picture(201, "/products/" + product + "/pictures?name=" + image.getFileName(), image);
    }
    train(product);
  }

  /** Trains, and waits until it is done. */
  void train(String product) throws Exception {
    JsonNode job = post(202, "/products/" + product + "/detectors:train", "");
    while (!job.path("state").stringValue().matches("done|failed")) {
      Thread.sleep(100);
      job = get("/jobs/" + job.path("id").intValue());
    }
    assertEquals("done", job.path("state").stringValue(), job.toString());
  }

  @Override
  public void close() {
    server.close();
  }
}
