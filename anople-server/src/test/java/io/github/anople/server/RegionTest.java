package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.core.region.Region;
import io.github.anople.onnx.OnnxDetectorOpener;
import java.awt.Color;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which part of pictures counts: kept, refused, learned. */
class RegionTest {

  private static final String UPPER_LEFT =
      "{\"ignore\": [[[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]]]}";

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

  private static HttpResponse<String> put(String product, String json) throws Exception {
    return server.send(
        server
            .api("/products/" + product + "/region")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  private static HttpResponse<String> get(String product) throws Exception {
    return server.send(server.api("/products/" + product + "/region"));
  }

  @Test
  void aRegionIsKeptUntilItIsTakenAway() throws Exception {
    server.post(201, "/products", "{\"name\": \"kept\"}");
    assertEquals(204, get("kept").statusCode());
    assertEquals(200, put("kept", UPPER_LEFT).statusCode());
    assertEquals(
        Region.fromJson(UPPER_LEFT, "sent"), Region.fromJson(get("kept").body(), "answer"));
    HttpResponse<String> taken = server.send(server.api("/products/kept/region").DELETE());
    assertEquals(204, taken.statusCode());
    assertEquals(204, get("kept").statusCode());
  }

  @Test
  void whatLeavesNothingOrIgnoresNothingOrIsNoRegionIsRefused() throws Exception {
    server.post(201, "/products", "{\"name\": \"refused\"}");
    assertRefused("nothing to look at", "{\"ignore\": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}");
    assertRefused("ignores nothing", "{\"look_at\": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}");
    assertRefused("corner", "{\"ignore\": [[[0, 0], [1, 0]]]}");
    assertRefused("corner", "{\"ignore\": [[[0, 0], [2, 0], [2, 2]]]}");
    assertRefused("region", "{}");
    assertRefused("region", "");
    assertRefused("region", "[".repeat(100_000));
    String corners = "[0.12345, 0.1], [0.5, 0.9], ".repeat(1000) + "[0.9, 0.2]";
    assertRefused("20000 characters", "{\"ignore\": [[" + corners + "]]}");
    assertEquals(204, get("refused").statusCode());
    assertEquals(404, put("nobody", UPPER_LEFT).statusCode());
  }

  private static void assertRefused(String why, String json) throws Exception {
    HttpResponse<String> answer = put("refused", json);
    assertEquals(422, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(why), answer.body());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }

  @Test
  void aDetectorLooksWhereThePageSaid() throws Exception {
    Path good = DrawnPart.good(1).write(folder.resolve("good.png"));
    server.enrol("plate", good);
    assertFalse(page("plate").contains("changed after"), "nothing was changed yet");
    put("plate", UPPER_LEFT);
    assertTrue(page("plate").contains("changed after"), "the detector is older");

    server.train("plate");
    assertFalse(page("plate").contains("changed after"), "it was trained since");
    Region region = Region.fromJson(UPPER_LEFT, "sent");
    assertEquals(
        region, DetectorBundle.read(download("plate", "3.anople")).region().orElseThrow().region());
    try (DetectorFile file =
        new OnnxDetectorOpener().open(download("plate", "3.onnx"), OpenSettings.AUTO)) {
      assertEquals(Optional.of(region), file.region());
    }

    Path ignored =
        DrawnPart.good(1)
            .painted(Color.RED, 0.05, 0.05, 0.4, 0.4)
            .write(folder.resolve("ignored.png"));
    Path counted =
        DrawnPart.good(1)
            .painted(Color.RED, 0.55, 0.55, 0.4, 0.4)
            .write(folder.resolve("counted.png"));
    assertEquals(score(good), score(ignored));
    assertNotEquals(score(good), score(counted));
  }

  private static String page(String product) throws Exception {
    return server.send(server.at("/products/" + product + "/pictures")).body();
  }

  private static Path download(String product, String file) throws Exception {
    Path target = folder.resolve(file);
    Files.write(target, server.bytes("/api/v1/products/" + product + "/detectors/" + file));
    return target;
  }

  private static double score(Path image) throws Exception {
    return server.picture(201, "/products/plate/inspections", image).path("score").doubleValue();
  }
}
