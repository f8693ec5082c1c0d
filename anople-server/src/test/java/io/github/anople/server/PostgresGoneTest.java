package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A PostgreSQL that stops in the middle of everything, and comes back. */
class PostgresGoneTest extends ConnectedTest {

  private static final String INSPECTIONS = "/products/" + PRODUCT + "/inspections";

  private EmbeddedPostgres postgres;

  @Override
  String database() {
    run(0);
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  /** The same database each time; 0 takes a port that is free. */
  private void run(int port) {
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("postgres"))
              .setCleanDataDirectory(false)
              .setPort(port)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void end() throws IOException {
    postgres.close();
  }

  @Test
  void allGoesOnWhenItIsBack() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("watched"));
    try (Receiver receiver = Receiver.start(before -> 200)) {
      connect("webhook", receiver.address());
      connect("folder", watched.toString());
      inspect(GOOD);
      JsonNode job = server.post(202, "/products/" + PRODUCT + "/detectors:train", "");
      await(() -> job(job), now -> now.path("state").stringValue().equals("running"));

      int port = postgres.getPort();
      postgres.close();
      assertIsTold();
      Files.copy(TestServer.image(GOOD), watched.resolve("while.png"));

      run(port);
      await(this::health, status -> status == 200);
      await(() -> job(job), now -> now.path("state").stringValue().equals("done"));
      inspect(GOOD);
      Files.copy(TestServer.image(GOOD), watched.resolve("after.png"));
      await(receiver::taken, taken -> taken.containsAll(List.of(1L, 2L, 3L, 4L)));
    }
    assertEquals(4, server.get(INSPECTIONS).path("inspections").size());
    String checked = server.send(server.at("/system/audit/check")).body();
    assertTrue(checked.contains("rows follow from each other"), checked);
  }

  /** H2 takes NUL in a text; to a PostgreSQL it is a fault. */
  @Test
  void aCharacterThatCannotBeKeptIsTold() throws Exception {
    server.json(422, server.api(INSPECTIONS + "?serialNumber=%00"));
    String page = "/products/" + PRODUCT + "/history?serialNumber=%00";
    assertEquals(422, server.send(server.at(page)).statusCode());
  }

  private JsonNode job(JsonNode job) throws Exception {
    return server.get("/jobs/" + job.path("id").asLong());
  }

  private int health() throws Exception {
    return server.send(server.plain("/actuator/health")).statusCode();
  }

  private void assertIsTold() throws Exception {
    await(this::health, status -> status == 503);
    HttpResponse<String> program =
        server.send(server.pictureRequest(INSPECTIONS, TestServer.image(GOOD)));
    HttpResponse<String> page = server.send(server.at("/products/" + PRODUCT + "/history"));
    for (HttpResponse<String> answer : List.of(program, page)) {
      assertEquals(503, answer.statusCode(), answer.body());
      assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
      assertTrue(answer.body().contains("does not answer"), answer.body());
    }
    assertTrue(page.body().startsWith("<!"), page.body());
  }
}
