package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A product from one installation to another, between the two databases. */
class ExchangeTest {

  private static final String PICTURE = "rgb_97x61.png";

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static TestServer here;
  private static TestServer there;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    here = TestServer.start(folder.resolve("here"), Optional.empty());
    there =
        TestServer.start(
            folder.resolve("there"), Optional.of(postgres.getJdbcUrl("postgres", "postgres")));
    here.enrol("bracket", TestServer.image(PICTURE), TestServer.image("rgba_61x97.png"));
  }

  @AfterAll
  static void stop() throws Exception {
    here.close();
    there.close();
    postgres.close();
  }

  static byte[] export(TestServer server, String product) throws Exception {
    HttpResponse<byte[]> answer = server.bytes(server.api("/products/" + product + "/export"));
    assertEquals(200, answer.statusCode());
    assertEquals("application/zip", answer.headers().firstValue("Content-Type").orElseThrow());
    return answer.body();
  }

  static HttpResponse<String> take(TestServer server, byte[] file, String query) throws Exception {
    return server.send(
        server
            .api("/products:import" + query)
            .header("Content-Type", "application/zip")
            .POST(BodyPublishers.ofByteArray(file)));
  }

  @Test
  void theSamePictureGetsTheSameScoreAndMapThereAndBackAgain() throws Exception {
    // Of what a detector was made from, all goes along, whatever became of it since.
    String removed = here.get("/products/bracket/pictures").get(1).path("sha256").stringValue();
    assertEquals(
        204, here.send(here.api("/products/bracket/pictures/" + removed).DELETE()).statusCode());
    byte[] file = export(here, "bracket");
    assertArrayEquals(file, export(here, "bracket"));
    assertTrue(names(file).contains("content/" + removed), () -> names(file).toString());

    HttpResponse<String> taken = take(there, file, "");
    assertEquals(201, taken.statusCode(), taken.body());
    assertSameInspection("bracket", there, "bracket");
    assertArrayEquals(file, export(there, "bracket"));

    byte[] back = export(there, "bracket");
    assertEquals(201, take(here, back, "?name=bracket-again").statusCode());
    assertSameInspection("bracket", here, "bracket-again");
    JsonNode versions = here.get("/products/bracket-again/detectors");
    assertEquals(2, versions.size());
    assertTrue(versions.get(0).path("active").booleanValue());

    HttpResponse<String> twice = take(here, file, "");
    assertEquals(409, twice.statusCode(), twice.body());
    assertTrue(twice.body().contains("choose another name"), twice.body());
  }

  private static void assertSameInspection(String product, TestServer other, String otherProduct)
      throws Exception {
    JsonNode first =
        here.picture(201, "/products/" + product + "/inspections", TestServer.image(PICTURE));
    JsonNode second =
        other.picture(201, "/products/" + otherProduct + "/inspections", TestServer.image(PICTURE));
    for (String field : new String[] {"score", "threshold", "verdict", "margin", "defects"}) {
      assertEquals(first.path(field), second.path(field), field);
    }
    assertArrayEquals(map(here, first), map(other, second));
  }

  private static byte[] map(TestServer server, JsonNode inspection) throws Exception {
    return server.bytes(server.at(inspection.path("map").stringValue())).body();
  }

  private static Set<String> names(byte[] file) {
    Set<String> names = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return names;
  }
}
