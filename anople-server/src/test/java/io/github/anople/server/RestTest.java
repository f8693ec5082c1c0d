package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The way of a product through the interface for programs, on each database. */
abstract class RestTest {

  @TempDir Path folder;

  private TestServer server;

  /** The address of an empty database; null for the server's own. */
  abstract String database() throws IOException;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(folder.resolve("data"), Optional.ofNullable(database()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aGoodPictureMakesADetectorAndTheDetectorGivesVerdicts() throws Exception {
    server.enrol("bracket", TestServer.image("rgb_97x61.png"));
    JsonNode versions = server.get("/products/bracket/detectors");
    assertEquals(2, versions.size());
    assertTrue(versions.get(0).path("active").booleanValue());

    JsonNode inspection =
        server.picture(
            201, "/products/bracket/inspections?serialNumber=7", TestServer.image("rgb_97x61.png"));
    assertEquals("7", inspection.path("serialNumber").stringValue());
    JsonNode page = server.get("/products/bracket/inspections?serialNumber=7");
    assertEquals(inspection, page.path("inspections").get(0));
    String counted =
        "anople_inspections_total{product=\"bracket\",verdict=\"%s\"} 1.0"
            .formatted(inspection.path("verdict").stringValue());
    String numbers = server.send(server.at("/actuator/prometheus")).body();
    assertTrue(numbers.contains(counted), numbers);
    assertTrue(numbers.contains("anople_inspection_seconds_count 1"), numbers);
  }
}
