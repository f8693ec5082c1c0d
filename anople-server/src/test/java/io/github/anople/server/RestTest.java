package io.github.anople.server;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipInputStream;
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
  abstract String database() throws SQLException;

  @BeforeEach
  void start() throws SQLException {
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
    assertThatAKeyIsOfOnePictureAlone();
  }

  private void assertThatAKeyIsOfOnePictureAlone() throws Exception {
    JsonNode first = inspect(201, "4711", "rgb_97x61.png");
    assertEquals(first, inspect(201, "4711", "rgb_97x61.png"));
    JsonNode other = inspect(422, "4711", "rgba_61x97.png");
    assertEquals("Idempotency-Key", other.path("where").stringValue());
    inspect(422, "", "rgb_97x61.png");
    inspect(422, "x".repeat(201), "rgb_97x61.png");
    assertEquals(2, server.get(BRACKET + "/inspections").path("inspections").size());
  }

  private JsonNode inspect(int status, String key, String name) throws Exception {
    return server.json(
        status,
        server
            .pictureRequest(BRACKET + "/inspections", TestServer.image(name))
            .header("Idempotency-Key", key));
  }

  private static final String BRACKET = "/products/bracket";

  private JsonNode inspect(String name) throws Exception {
    return server.picture(201, BRACKET + "/inspections", TestServer.image(name));
  }

  private void review(long id, String json) throws Exception {
    server.post(200, BRACKET + "/inspections/" + id + "/reviews", json);
  }

  @Test
  void thresholdsComeFromGoodPicturesFromAPersonAndFromAnOlderVersion() throws Exception {
    server.enrol("bracket", TestServer.image("rgb_97x61.png"));
    assertEquals(
        422, server.send(server.api(BRACKET + "/detectors:calibrate").POST(noBody())).statusCode());
    server.picture(201, BRACKET + "/pictures?name=further.png", TestServer.image("rgba_61x97.png"));
    JsonNode further = server.get(BRACKET + "/pictures").get(1);
    server.json(
        200,
        server
            .api(BRACKET + "/pictures/" + further.path("sha256").stringValue())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"purpose\": \"calibration\"}")));
    server.job(BRACKET + "/detectors:calibrate", "{\"falseAlarms\": 0.1, \"uncertain\": 0.5}");
    float score = inspect("rgba_61x97.png").path("score").floatValue();
    JsonNode calibrated = server.get(BRACKET + "/detectors").get(0);
    assertEquals("calibration", calibrated.path("origin").stringValue());

    server.post(200, BRACKET + "/detectors:decide", "{\"threshold\": 0.2, \"uncertain\": 0.0}");
    JsonNode decided = inspect("rgba_61x97.png");
    assertEquals(score, decided.path("score").floatValue());
    assertEquals("UNCERTAIN", decided.path("verdict").stringValue());
    assertEquals("manual", decided.path("thresholdOrigin").stringValue());
    for (String wrong :
        List.of(
            "{\"threshold\": 0.7}",
            "{\"threshold\": -1}",
            "{\"threshold\": 0.1, \"uncertain\": 0.2}",
            "{\"threshold\": \"NaN\"}")) {
      server.post(422, BRACKET + "/detectors:decide", wrong);
    }
    int version = calibrated.path("version").intValue();
    server.post(200, BRACKET + "/detectors/" + version + ":activate", "");
    assertEquals("OK", inspect("rgba_61x97.png").path("verdict").stringValue());
  }

  @Test
  void whatAPersonFindsGoodAfterAllIsRemembered() throws Exception {
    server.enrol("bracket", TestServer.image("rgb_97x61.png"));
    server.post(200, BRACKET + "/detectors:decide", "{\"threshold\": 0.0}");
    JsonNode before = inspect("grey_300x200.png");
    assertEquals("NOT OK", before.path("verdict").stringValue().replace("LIKE THE PRODUCT", "OK"));
    assertEquals("waiting", before.path("review").stringValue());
    long id = before.path("id").longValue();
    server.post(422, BRACKET + "/detectors:correct", "");
    server.post(422, BRACKET + "/inspections/" + id + "/reviews", "{\"found\": \"waiting\"}");
    server.post(
        422,
        BRACKET + "/inspections/" + id + "/reviews",
        "{\"found\": \"good\", \"defect\": \"scratch\"}");
    review(id, "{\"found\": \"good\", \"purpose\": \"memory\", \"reason\": \"a reflection\"}");
    // The detector has learned from its shot, whatever becomes of that.
    JsonNode shot = server.get(BRACKET + "/pictures").get(0);
    server.send(server.api(BRACKET + "/pictures/" + shot.path("sha256").stringValue()).DELETE());
    server.job(BRACKET + "/detectors:correct", "");
    JsonNode after = inspect("grey_300x200.png");
    assertTrue(
        after.path("score").floatValue() < before.path("score").floatValue(), after.toString());

    // Bad after all: it is forgotten, and the score is as before.
    review(id, "{\"found\": \"bad\", \"defect\": \"=cmd\"}");
    server.job(BRACKET + "/detectors:correct", "");
    assertEquals(before.path("score"), inspect("grey_300x200.png").path("score"));
    JsonNode reviews = server.get(BRACKET + "/inspections/" + id + "/reviews");
    assertEquals("bad", reviews.get(0).path("found").stringValue());
    assertEquals("token administrator", reviews.get(0).path("reviewer").stringValue());
    assertEquals("a reflection", reviews.get(1).path("reason").stringValue());

    String table = server.send(server.api(BRACKET + "/inspections.csv?review=bad")).body();
    assertEquals(2, table.lines().count(), table);
    assertTrue(table.contains(",bad,'=cmd,"), table);
    assertEquals(1, server.get(BRACKET + "/inspections?review=bad").path("inspections").size());
    assertEquals(
        0, server.get(BRACKET + "/inspections?until=2001-01-01").path("inspections").size());
    server.json(422, server.api(BRACKET + "/inspections?from=yesterday"));
    try (ZipInputStream zip =
        new ZipInputStream(
            new ByteArrayInputStream(server.bytes("/api/v1" + BRACKET + "/inspections.zip")))) {
      assertEquals("history.csv", zip.getNextEntry().getName());
      zip.getNextEntry();
      assertArrayEquals(
          Files.readAllBytes(TestServer.image("grey_300x200.png")), zip.readAllBytes());
    }
  }
}
