package io.github.anople.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages, and what may not be asked of them, before anything is trained. */
class PagesTest {

  @TempDir static Path folder;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder.resolve("data"), Optional.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyPageIsThereAndShowsTextAsText() throws Exception {
    HttpResponse<String> added =
        server.form("/products", "name=plate-1&shows=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assertEquals(303, added.statusCode(), added.body());
    HttpResponse<String> picture =
        server.send(
            server
                .at("/api/v1/products/plate-1/pictures?name=%22%3E%3Cb%3E..%2F..%2Fx.png")
                .header("Content-Type", "image/png")
                .POST(
                    BodyPublishers.ofByteArray(
                        Files.readAllBytes(Fixtures.golden("images").resolve("rgb_97x61.png")))));
    assertEquals(201, picture.statusCode(), picture.body());
    for (String page :
        List.of(
            "/",
            "/products/plate-1/pictures",
            "/products/plate-1/detector",
            "/products/plate-1/inspect",
            "/products/plate-1/history",
            "/products/plate-1/history?verdict=OK&review=waiting&from=2026-01-01&version=",
            "/products/plate-1/review",
            "/products/plate-1/trends",
            "/products/plate-1/decide",
            "/connections",
            "/connections/new?kind=webhook",
            "/connections/new?kind=mqtt",
            "/connections/new?kind=folder",
            "/v3/api-docs",
            "/actuator/health")) {
      HttpResponse<String> answer = server.send(server.at(page));
      assertEquals(200, answer.statusCode(), page);
      assertFalse(answer.body().contains("<script>alert"), page);
      assertFalse(answer.body().contains("\"><b>"), page);
      assertTrue(
          answer.headers().firstValue("Content-Security-Policy").orElse("").contains("'self'"),
          page);
    }
  }

  @Test
  void aConnectionIsMadePausedAndDeletedOnItsPages() throws Exception {
    server.form("/products", "name=connected");
    HttpResponse<String> added =
        server.form(
            "/connections",
            "product=connected&kind=mqtt&target=tcp%3A%2F%2Flocalhost&topic=%3Cb%3Eline"
                + "&user=us&secret=never-shown&verdicts=rejected");
    assertEquals(303, added.statusCode(), added.body());
    long id = server.get("/connections").get(0).path("id").asLong();
    server.form("/connections/" + id + "/pause", "");
    for (String page : List.of("/connections", "/connections/" + id)) {
      String body = server.send(server.at(page)).body();
      assertTrue(body.contains("&lt;b"), body);
      assertFalse(body.contains("<b>line"), body);
      assertFalse(body.contains("never-shown"), body);
    }
    assertTrue(server.send(server.at("/connections")).body().contains("paused"));
    HttpResponse<String> refused =
        server.form("/connections/" + id, "target=http%3A%2F%2Flocalhost&topic=x");
    assertEquals(422, refused.statusCode(), refused.body());
    server.form("/connections/" + id + "/delete", "");
    assertEquals(0, server.get("/connections").size());
  }

  @Test
  void anotherSitesPageChangesNothing() throws Exception {
    for (String[] header :
        new String[][] {
          {"Origin", "https://example.org"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      HttpResponse<String> answer =
          server.send(
              server
                  .browser("/products")
                  .header(header[0], header[1])
                  .header("Content-Type", TestServer.FORM)
                  .POST(BodyPublishers.ofString("name=theirs")));
      assertEquals(403, answer.statusCode(), header[1]);
    }
    HttpResponse<String> silent =
        server.send(
            server
                .browser("/products")
                .header("Content-Type", TestServer.FORM)
                .POST(BodyPublishers.ofString("name=theirs")));
    assertEquals(403, silent.statusCode(), silent.body());
    assertFalse(server.send(server.at("/")).body().contains("theirs"));
    HttpResponse<String> own =
        server.send(
            server
                .browser("/products")
                .header("Origin", server.address())
                .header("Content-Type", TestServer.FORM)
                .POST(BodyPublishers.ofString("name=ours")));
    assertEquals(303, own.statusCode());
  }

  @Test
  void underAnotherNameNothingIsAnswered() throws IOException {
    URI here = URI.create(server.address());
    try (Socket socket = new Socket(here.getHost(), here.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
    }
  }

  @Test
  void whatIsWrongIsSaidWithWhatToDo() throws Exception {
    assertProblem(404, server.send(server.at("/api/v1/products/nobody")));
    assertProblem(
        404,
        server.send(
            server
                .at("/api/v1/products/nobody/inspections")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofString("x"))));
    for (String name : List.of("..%2Fx", "a%2Fb", "%3Cb%3E", "%00", "a".repeat(101), "")) {
      HttpResponse<String> answer = server.form("/products", "name=" + name);
      assertEquals(422, answer.statusCode(), name + ": " + answer.body());
      assertTrue(answer.body().contains("What to do: choose a name"), answer::body);
    }
    server.form("/products", "name=no-pictures");
    HttpResponse<String> noPicture =
        server.send(
            server
                .at("/api/v1/products/no-pictures/pictures?name=x.png")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofString("<html>not a picture</html>")));
    assertProblem(422, noPicture);
    assertProblem(
        404,
        server.send(
            server
                .at("/api/v1/products/no-pictures/inspections")
                .header("Content-Type", "image/png")
                .POST(
                    BodyPublishers.ofByteArray(
                        Files.readAllBytes(Fixtures.golden("images").resolve("rgb_97x61.png"))))));
  }

  @Test
  void aPictureThatIsSentAsAFormIsToldApart() throws Exception {
    server.form("/products", "name=formless");
    HttpResponse<String> answer =
        server.send(
            server
                .api("/products/formless/pictures?name=x.png")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofByteArray(
                        Files.readAllBytes(TestServer.image("rgb_97x61.png")))));
    assertProblem(415, answer);
    assertTrue(answer.body().contains("image/png"), answer::body);
  }

  private static void assertProblem(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("application/problem+json"), type);
    assertTrue(answer.body().contains("\"detail\""), answer.body());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }

  @Test
  void aTakenPortAndATakenFolderAreToldInALine() {
    int port = URI.create(server.address()).getPort();
    InputException folderTaken =
        assertThrows(
            InputException.class, () -> TestServer.start(folder.resolve("data"), Optional.empty()));
    assertTrue(folderTaken.getMessage().contains("another server"), folderTaken::getMessage);
    Server.Options other =
        new Server.Options(folder.resolve("other"), "localhost", port, Optional.empty(), Map.of());
    InputException portTaken = assertThrows(InputException.class, () -> Server.start(other));
    assertTrue(portTaken.getMessage().contains("port " + port), portTaken::getMessage);
  }
}
