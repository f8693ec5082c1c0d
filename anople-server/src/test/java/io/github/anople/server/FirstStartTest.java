package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minute of a server. */
class FirstStartTest {

  private static final String PAGE = "/first-start";

  @TempDir Path folder;

  private TestServer server(Map<String, String> properties) {
    return TestServer.start(folder.resolve("data"), Optional.empty(), properties);
  }

  private static HttpResponse<String> begin(TestServer server, String fields) throws Exception {
    return server.send(
        server
            .plain(PAGE)
            .header("Content-Type", TestServer.FORM)
            .POST(BodyPublishers.ofString(fields)));
  }

  private static String place(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  @Test
  void everyPageAsksForAPasswordUntilThereIsAnAdministrator() throws Exception {
    try (TestServer server = server(Map.of())) {
      for (String path : List.of("/", "/sign-in", "/products/x/pictures", "/nowhere", "/system")) {
        assertEquals(PAGE, place(server.send(server.plain(path))), path);
      }
      assertEquals(401, server.send(server.plain("/api/v1/products")).statusCode());
      assertEquals(200, server.send(server.plain("/actuator/health")).statusCode());
      for (String fields :
          List.of(
              "password=short&again=short",
              "password=long+enough+1&again=long+enough+2",
              "password=" + "x".repeat(73) + "&again=" + "x".repeat(73))) {
        HttpResponse<String> answer = begin(server, fields);
        assertEquals(422, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("class=\"fault"), answer::body);
      }
      HttpResponse<String> begun = begin(server, "password=long+enough+1&again=long+enough+1");
      assertEquals(303, begun.statusCode(), begun.body());
      assertEquals("/", place(begun));
      String cookie = begun.headers().firstValue("Set-Cookie").orElse("");
      assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
      assertEquals(422, begin(server, "password=another+one&again=another+one").statusCode());
      assertEquals("/sign-in", place(server.send(server.plain(PAGE))));
      assertEquals("/sign-in?next=%2F", place(server.send(server.plain("/"))));
      assertEquals(List.of(), server.notices());
      assertEquals(303, server.signIn("Admin", "long enough 1").statusCode());
    }
  }

  @Test
  void whereOthersReachItTheTerminalsCodeIsAskedFor() throws Exception {
    try (TestServer server = server(Map.of("anople.names", "line.example"))) {
      String notice = server.notices().get(0);
      String code = notice.substring(notice.lastIndexOf(' ') + 1);
      assertTrue(code.matches("[A-Z2-9]{8}"), notice);
      assertTrue(server.send(server.plain(PAGE)).body().contains("name=\"code\""));
      String password = "&password=long+enough+1&again=long+enough+1";
      for (String wrong : List.of("", "code=AAAAAAA", "code=" + code + "A")) {
        assertEquals(422, begin(server, wrong + password).statusCode());
      }
      assertEquals(
          303, begin(server, "code=" + code.toLowerCase(Locale.ROOT) + password).statusCode());
    }
  }

  @Test
  void guessingTheCodeIsSlow() throws Exception {
    try (TestServer server = server(Map.of("anople.names", "line.example"))) {
      int status = 0;
      for (int i = 0; i < 7 && status != 429; i++) {
        status =
            begin(server, "code=WRONG" + i + "&password=long+enough+1&again=long+enough+1")
                .statusCode();
      }
      assertEquals(429, status);
    }
  }

  @Test
  void thePasswordOfAScriptIsTakenOnceAndHasToBeLongEnough() throws Exception {
    InputException tooShort =
        assertThrows(
            InputException.class,
            () -> server(Map.of("anople.admin-password", "too short")).close());
    assertTrue(tooShort.getMessage().contains("10 characters"), tooShort::getMessage);
    server(Map.of("anople.admin-password", "long enough 1")).close();
    try (TestServer server = server(Map.of("anople.admin-password", "long enough 2"))) {
      assertEquals(303, server.signIn("admin", "long enough 1").statusCode());
      assertEquals(401, server.signIn("admin", "long enough 2").statusCode());
    }
  }

  @Test
  void aProxysNameIsAnsweredAndItsOriginIsOurs() throws Exception {
    try (TestServer server =
        server(
            Map.of(
                "anople.names",
                "line.example,other.example",
                "anople.admin-password",
                "long enough 1"))) {
      URI here = URI.create(server.address());
      assertEquals(200, Raw.status(here, "GET /sign-in", "Host: LINE.example"));
      assertEquals(200, Raw.status(here, "GET /sign-in", "Host: other.example:443"));
      assertEquals(200, Raw.status(here, "GET /sign-in", "Host: 127.0.0.1"));
      assertEquals(421, Raw.status(here, "GET /sign-in", "Host: evil.example"));
      assertEquals(
          421,
          Raw.status(here, "GET /sign-in", "Host: evil.example", "X-Forwarded-Host: line.example"));
      assertEquals(
          403,
          Raw.status(here, "POST /sign-in", "Host: line.example", "Origin: https://other.example"));
      assertEquals(
          400,
          Raw.status(here, "POST /sign-in", "Host: line.example", "Origin: https://line.example"));
    }
  }
}
