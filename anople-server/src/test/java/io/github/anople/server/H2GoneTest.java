package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An H2 that closes itself, as it does when the disk is full. */
class H2GoneTest {

  @TempDir Path folder;

  @Test
  void itIsOpenedAgain() throws Exception {
    try (TestServer server = TestServer.start(folder, Optional.empty())) {
      server.post(201, "/products", "{\"name\": \"before\"}");
      close(server.parts().getBean(JdbcClient.class));
      int refused = 0;
      while (server.send(server.api("/products")).statusCode() == 503) {
        refused++;
        assertTrue(refused < 3, "it stays closed");
      }
      server.post(201, "/products", "{\"name\": \"after\"}");
      assertEquals(2, server.get("/products").size());
    }
  }

  private static void close(JdbcClient database) {
    try {
      database.sql("shutdown immediately").update();
    } catch (DataAccessException e) {
      // It says that it is closed.
      return;
    }
  }
}
