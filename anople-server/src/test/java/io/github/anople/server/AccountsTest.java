package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** People, programs, and what is noted of them, on each database. */
abstract class AccountsTest {

  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;

  private TestServer server;

  /** The address of an empty database; null for the server's own. */
  abstract String database() throws Exception;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start(folder.resolve("data"), Optional.ofNullable(database()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void add(String name, String role) throws Exception {
    HttpResponse<String> added =
        server.form(
            "/system/users",
            "name=%s&role=%s&password=%s&again=%s"
                .formatted(name, role, TestServer.encoded(PASSWORD), TestServer.encoded(PASSWORD)));
    assertEquals(303, added.statusCode(), added.body());
  }

  private int status(String cookie) throws Exception {
    return server.send(server.plain("/").header("Cookie", cookie)).statusCode();
  }

  private long number(String name) {
    return server
        .parts()
        .getBean(JdbcClient.class)
        .sql("select id from account where name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  @Test
  void aSessionEndsWithWhatItBeganWith() throws Exception {
    add("anna", "operator");
    String users = "/system/users/" + number("anna");
    String cookie = server.session("anna", PASSWORD);
    assertEquals(200, status(cookie));
    assertEquals(200, status(cookie), "again with the same number");
    HttpResponse<String> page = server.send(server.plain("/").header("Cookie", cookie));
    assertTrue(page.body().contains("Adding products is for engineers"), page.body());
    assertFalse(page.body().contains("Add product"), page.body());
    HttpResponse<String> refused = server.send(server.plain("/system").header("Cookie", cookie));
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("ask an engineer, who may"), refused.body());

    assertEquals(303, server.form(users + "/role", "role=engineer").statusCode());
    assertEquals(303, status(cookie), "of another role");
    cookie = server.session("anna", PASSWORD);
    assertEquals(
        303,
        server
            .form(users + "/password", "password=another+horse&again=another+horse")
            .statusCode());
    assertEquals(303, status(cookie), "of another password");
    assertEquals(401, server.signIn("anna", PASSWORD).statusCode());
    cookie = server.session("anna", "another horse");
    assertEquals(
        303,
        server
            .send(
                server
                    .plain("/sign-out")
                    .header("Cookie", cookie)
                    .header("Origin", server.address())
                    .POST(BodyPublishers.noBody()))
            .statusCode());
    assertEquals(303, status(cookie), "after signing out");
    cookie = server.session("anna", "another horse");
    assertEquals(303, server.form(users + "/remove", "").statusCode());
    assertEquals(303, status(cookie), "of nobody");
    assertEquals(401, server.signIn("anna", "another horse").statusCode());
  }

  @Test
  void thereIsAlwaysAnAdministrator() throws Exception {
    String users = "/system/users/" + number("admin");
    for (HttpResponse<String> refused :
        List.of(
            server.form(users + "/remove", ""), server.form(users + "/role", "role=operator"))) {
      assertEquals(422, refused.statusCode());
      assertTrue(refused.body().contains("is the only administrator"), refused.body());
    }
    add("bert", "administrator");
    assertEquals(303, server.form(users + "/role", "role=operator").statusCode());
    assertEquals(303, server.send(server.at("/")).statusCode());
  }

  @Test
  void guessingSlowsDownForNamesThatAreThereAndForThoseThatAreNot() throws Exception {
    for (String name : List.of("admin", "nobody")) {
      HttpResponse<String> last = server.signIn(name, "wrong");
      for (int i = 0; i < 8 && last.statusCode() == 401; i++) {
        last = server.signIn(name, "wrong");
      }
      assertEquals(429, last.statusCode(), name);
      assertTrue(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()) > 0);
    }
    assertEquals(429, server.signIn("admin", TestServer.PASSWORD).statusCode());
  }

  @Test
  void aTokenHoldsUntilItIsRevokedOrEnds() throws Exception {
    JsonNode made =
        server.post(201, "/tokens", "{\"name\": \"station\", \"role\": \"engineer\", \"days\": 1}");
    String bearer = "Bearer " + made.path("secret").stringValue();
    String place = "/api/v1/products";
    assertEquals(
        200, server.send(server.plain(place).header("Authorization", bearer)).statusCode());
    assertEquals(
        401, server.send(server.plain(place).header("Authorization", bearer + "x")).statusCode());
    JsonNode listed = server.get("/tokens").get(1);
    assertEquals("station", listed.path("name").stringValue());
    assertTrue(listed.has("usedAt"), listed.toString());
    assertFalse(listed.has("secret"), listed.toString());
    // An engineer gives no more than an operator's, and takes no other away.
    assertEquals(422, makes(bearer, "engineer").statusCode());
    assertEquals(201, makes(bearer, "operator").statusCode());
    String administrators = "/api/v1/tokens/" + server.get("/tokens").get(0).path("id").longValue();
    assertEquals(
        422,
        server
            .send(server.plain(administrators).header("Authorization", bearer).DELETE())
            .statusCode());

    JdbcClient database = server.parts().getBean(JdbcClient.class);
    assertEquals(
        1,
        database.sql("update token set expires_at = created_at where name = 'station'").update());
    assertEquals(
        401, server.send(server.plain(place).header("Authorization", bearer)).statusCode());
    assertEquals(
        204,
        server
            .send(server.at("/api/v1/tokens/" + made.path("id").longValue()).DELETE())
            .statusCode());
  }

  private HttpResponse<String> makes(String bearer, String role) throws Exception {
    return server.send(
        server
            .plain("/api/v1/tokens")
            .header("Authorization", bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\": \"more\", \"role\": \"" + role + "\"}")));
  }

  @Test
  void theAuditLogIsAChainThatTellsWhereItWasBroken() throws Exception {
    Audit audit = server.parts().getBean(Audit.class);
    ExecutorService many = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> notes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String subject = "=cmd|' /C calc'!A0 \ud83d\ude00 \ud83d" + "x".repeat(i * 10);
        notes.add(
            () -> {
              audit.note("tried", subject, "a\nb\u0000");
              return null;
            });
      }
      for (Future<Void> note : many.invokeAll(notes)) {
        note.get();
      }
    } finally {
      many.shutdown();
    }
    String whole = server.send(server.at("/system/audit/check")).body();
    assertTrue(whole.matches("(?s).*All 4\\d rows follow from each other.*"), whole);
    String csv = server.send(server.at("/system/audit.csv")).body();
    assertTrue(csv.contains("\"'=cmd|"), csv);
    assertTrue(csv.contains("\"signed in\""), csv);
    String older = server.send(server.at("/system/audit?before=3")).body();
    assertTrue(
        older.contains("<th scope=\"row\">2</th>") && !older.contains("<th scope=\"row\">3</th>"));

    JdbcClient database = server.parts().getBean(JdbcClient.class);
    assertEquals(1, database.sql("update audit set who = 'nobody' where id = 7").update());
    String broken = server.send(server.at("/system/audit/check")).body();
    assertTrue(broken.contains("Row 7 does not follow"), broken);
    assertEquals(1, database.sql("delete from audit where id = 5").update());
    String shorter = server.send(server.at("/system/audit/check")).body();
    assertTrue(shorter.contains("Row 6 does not follow"), shorter);
  }

  @Test
  void whoWatchesTheServerIsToldInNumbers() throws Exception {
    HttpResponse<String> told =
        server.send(
            server
                .plain("/actuator/prometheus")
                .header("Authorization", "Bearer " + server.token("operator")));
    assertEquals(200, told.statusCode());
    assertTrue(told.body().contains("anople_pictures_waiting 0.0"), told.body());
    assertTrue(told.body().contains("anople_jobs_running 0.0"), told.body());
    assertEquals(401, server.send(server.plain("/actuator/prometheus")).statusCode());
    String health = server.send(server.plain("/actuator/health")).body();
    assertTrue(health.contains("\"status\":\"UP\"") && !health.contains("components"), health);
  }
}
