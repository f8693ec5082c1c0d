package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of a test's own, which learns fast and little, and who asks it. */
public final class TestServer implements AutoCloseable {

  /** The administrator's. */
  static final String PASSWORD = "a tiny password";

  /** A backbone of a few numbers, trained for one epoch; an administrator is there. */
  static final Map<String, String> TINY =
      Map.of(
          "anople.backbone",
          Fixtures.golden("tiny_clip").toString(),
          "anople.training.optimizer.epochs",
          "1",
          "anople.admin-password",
          PASSWORD);

  static final String FORM = "application/x-www-form-urlencoded";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final Optional<Server> server;
  private String cookie = "";
  private String token = "";

  private TestServer(String address, Optional<Server> server) {
    this.address = address;
    this.server = server;
  }

  /** One that runs in another process. */
  static TestServer at(URI address) {
    TestServer server = new TestServer(address.toString(), Optional.empty());
    server.signIn();
    return server;
  }

  /** Starts one with a folder, a database of its own or another, and a tiny backbone. */
  public static TestServer start(Path data, Optional<String> database) {
    TestServer server = start(data, database, TINY);
    server.signIn();
    return server;
  }

  /** The same with further properties. */
  static TestServer startWith(Path data, Optional<String> database, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(TINY);
    properties.putAll(more);
    TestServer server = start(data, database, properties);
    server.signIn();
    return server;
  }

  /** One of other properties, at which nobody has signed in. */
  static TestServer start(Path data, Optional<String> database, Map<String, String> properties) {
    Server server = Server.start(new Server.Options(data, "localhost", 0, database, properties));
    return new TestServer(server.address(), Optional.of(server));
  }

  /** What its terminal shows. */
  List<String> notices() {
    return server.orElseThrow().notices();
  }

  /** As the administrator: with a session as a browser, and with a token as a program. */
  private void signIn() {
    try {
      cookie = session("admin", PASSWORD);
      token = token("administrator");
    } catch (Exception e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  /** The cookie of a new session. */
  String session(String name, String password) throws Exception {
    HttpResponse<String> answer = signIn(name, password);
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  /** What the page for signing in sends. */
  HttpResponse<String> signIn(String name, String password) throws Exception {
    return send(
        plain("/sign-in")
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofString("name=" + name + "&password=" + encoded(password))));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Its parts. */
  public ApplicationContext parts() {
    return server.orElseThrow().parts();
  }

  /** Where it is. */
  public String address() {
    return address;
  }

  /** By what a program that is not of these tests shows who it is. */
  String token() {
    return token;
  }

  /** A request of a program: {@code path} goes on from {@code /api/v1}. */
  HttpRequest.Builder api(String path) {
    return at("/api/v1" + path);
  }

  /** A request to any address: of a program, or of a browser on one of our pages. */
  public HttpRequest.Builder at(String path) {
    return path.startsWith("/api/") && !token.isEmpty()
        ? plain(path).header("Authorization", "Bearer " + token)
        : browser(path).header("Sec-Fetch-Site", "same-origin");
  }

  /** A request of the administrator's browser, which does not say from which page. */
  HttpRequest.Builder browser(String path) {
    return plain(path).header("Cookie", cookie);
  }

  /** A request of somebody who has not signed in. */
  public HttpRequest.Builder plain(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The same for an answer that is no text. */
  HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** What a form of a page sends. */
  public HttpResponse<String> form(String path, String fields) throws Exception {
    return send(at(path).header("Content-Type", FORM).POST(BodyPublishers.ofString(fields)));
  }

  /** The answer to a program, of the status that it has to have. */
  JsonNode json(int status, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = send(request);
    assertEquals(status, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  /** A new token's secret. */
  public String token(String role) throws Exception {
    return post(201, "/tokens", "{\"name\": \"" + role + "\", \"role\": \"" + role + "\"}")
        .path("secret")
        .stringValue();
  }

  JsonNode get(String path) throws Exception {
    return json(200, api(path));
  }

  public JsonNode post(int status, String path, String json) throws Exception {
    return json(
        status,
        api(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  /** A file that is there. */
  byte[] bytes(String path) throws Exception {
    HttpResponse<byte[]> answer = client.send(at(path).build(), BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode(), path);
    return answer.body();
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
    job("/products/" + product + "/detectors:train", "");
  }

  /** Asks for a job, and waits until it is done. */
  void job(String path, String json) throws Exception {
    JsonNode job = post(202, path, json);
    while (!job.path("state").stringValue().matches("done|failed")) {
      Thread.sleep(100);
      job = get("/jobs/" + job.path("id").intValue());
    }
    assertEquals("done", job.path("state").stringValue(), job.toString());
  }

  @Override
  public void close() {
    server.ifPresent(Server::close);
  }
}
