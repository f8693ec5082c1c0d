package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures from folders on the server's computer. */
class PictureImportTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path data;

  private static TestServer server;
  private static int products;

  @TempDir Path folder;
  private String product;
  private int colours;

  @BeforeAll
  static void start() {
    server = TestServer.start(data.resolve("data"), Optional.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void addProduct() throws Exception {
    product = "plate-" + products++;
    server.post(201, "/products", "{\"name\": \"" + product + "\"}");
  }

  /** A picture like no other. */
  private Path draw(String name) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(5, 5, 0x102030 + colours++);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private HttpResponse<String> ask(String from, String manifest) throws Exception {
    String more = manifest.isEmpty() ? "" : ", \"manifest\": " + JSON.writeValueAsString(manifest);
    return server.send(
        server
            .api("/products/" + product + "/pictures:import")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"folder\": " + JSON.writeValueAsString(from) + more + "}")));
  }

  private JsonNode take(Path from) throws Exception {
    HttpResponse<String> answer = ask(from.toString(), "");
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::stringValue).toList();
  }

  private static String line(String source, String label, String name) {
    return """
        {"source-ref": "%s", "%s": %d, "%s-metadata": {"confidence": 1, "class-name": "%s",\
         "type": "groundtruth/image-classification"}}
        """
        .formatted(source, label, name.equals("anomaly") ? 1 : 0, label, name);
  }

  @Test
  void aManifestsPicturesAreFoundByTheEndOfTheirPaths() throws Exception {
    draw("images/train/normal/1.png");
    draw("images/train/normal/2.png");
    draw("images/train/anomaly/1.png");
    draw("images/test/normal/2.png");
    Files.writeString(
        folder.resolve("train.manifest"),
        line("s3://bucket/parts/train/normal/1.png", "anomaly-label", "normal")
            + line("s3://bucket/parts/train/normal/2.png", "auto-label", "normal")
            + line("s3://bucket/parts/train/anomaly/1.png", "auto-label", "anomaly")
            + line("s3://bucket/parts/train/normal/3.png", "anomaly-label", "normal")
            + "{\"source-ref\": \"s3://bucket/parts/test/normal/2.png\"}\n");
    JsonNode result = take(folder);
    assertEquals(
        List.of("images/train/normal/1.png", "images/train/normal/2.png"),
        texts(result.path("imported")));
    assertEquals(
        List.of("images/train/anomaly/1.png", "images/test/normal/2.png"),
        texts(result.path("leftOut")));
    assertEquals(1, result.path("faults").size());
    assertEquals(
        "train.manifest, line 4: no file train/normal/3.png is there: add it, and import again",
        texts(result.path("faults")).get(0));
    assertEquals(2, server.get("/products/" + product + "/pictures").size());

    JsonNode again = take(folder);
    assertEquals(0, again.path("imported").size());
    assertEquals(texts(result.path("imported")), texts(again.path("skipped")));
  }

  @Test
  void aPictureThatMayBeOneOfTwoIsNotGuessed() throws Exception {
    draw("a/1.png");
    draw("b/1.png");
    draw("b/2.png");
    Path manifest = folder.resolve("b/all.jsonl");
    Files.writeString(
        manifest,
        line("s3://bucket/x/1.png", "anomaly-label", "normal")
            + line("s3://bucket/x/2.png", "anomaly-label", "normal")
            + line("s3://bucket/x/2.png", "anomaly-label", "normal"));
    HttpResponse<String> answer = ask(folder.toString(), manifest.toString());
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode result = JSON.readTree(answer.body());
    assertEquals(List.of("b/2.png"), texts(result.path("imported")));
    assertEquals(
        List.of(
            "all.jsonl, line 1: 1.png may be a/1.png or b/1.png: name the folder that has one of"
                + " them",
            "all.jsonl, line 3: 2.png was named by an earlier line"),
        texts(result.path("faults")));
  }

  @Test
  void anMvtecFolderGivesItsGoodPictures() throws Exception {
    for (int i = 0; i < 5; i++) {
      draw("plate/train/good/00" + i + ".png");
    }
    draw("plate/test/good/000.png");
    draw("plate/test/scratch/000.png");
    Files.writeString(folder.resolve("plate/train/good/005.png"), "no picture");
    JsonNode result = take(folder.resolve("plate"));
    assertEquals(6, result.path("imported").size(), result.toString());
    assertEquals(List.of("test/scratch/000.png (scratch)"), texts(result.path("leftOut")));
    assertEquals(1, result.path("faults").size());
    assertTrue(texts(result.path("faults")).get(0).contains("005.png"), result::toString);
    JsonNode pictures = server.get("/products/" + product + "/pictures");
    assertEquals("shot", pictures.get(3).path("purpose").stringValue());
    assertEquals("calibration", pictures.get(4).path("purpose").stringValue());

    draw("bolt/train/good/000.png");
    HttpResponse<String> two = ask(folder.toString(), "");
    assertEquals(422, two.statusCode());
    assertTrue(two.body().contains("2 products (bolt, plate)"), two.body());
  }

  @Test
  void noLinkLeadsOutOfTheFolder() throws Exception {
    Path inside = folder.resolve("inside");
    Path secret = draw("secret/1.png");
    draw("inside/train/good/0.png");
    Files.createSymbolicLink(inside.resolve("train/good/1.png"), secret);
    Files.createSymbolicLink(inside.resolve("test"), folder.resolve("secret-test"));
    draw("secret-test/good/2.png");
    Files.createSymbolicLink(
        inside.resolve("train/good/3.png"), draw("inside/elsewhere/3.png").toAbsolutePath());
    JsonNode result = take(inside);
    assertEquals(List.of("train/good/0.png", "train/good/3.png"), texts(result.path("imported")));
    assertEquals(2, result.path("faults").size(), result.toString());
    Path manifest =
        Files.writeString(
            folder.resolve("inside/some.manifest"),
            line("s3://b/1.png", "anomaly-label", "normal")
                + line("s3://b/2.png", "anomaly-label", "normal"));
    Files.createSymbolicLink(inside.resolve("2.png"), folder.resolve("secret-test/good/2.png"));
    JsonNode listed = take(inside);
    assertEquals(0, listed.path("imported").size(), listed.toString());
    assertEquals(2, listed.path("faults").size(), listed.toString());
    Files.writeString(manifest, line("s3://b/../../1.png", "anomaly-label", "normal"));
    assertEquals(422, ask(inside.toString(), "").statusCode());
  }

  @Test
  void whatIsNoFolderIsToldInALine() throws Exception {
    Files.writeString(folder.resolve("x.manifest"), "{\"source-ref\": 7}");
    for (String[] wrong :
        new String[][] {
          {"relative/folder", "", "is no whole path"},
          {"", "", "is no whole path"},
          {"/a\u0000b", "", "is no whole path"},
          {"/there/is/no/such/folder", "", "no such folder"},
          {folder.resolve("x.manifest").toString(), "", "is a file"},
          {folder.toString(), "", "line 1"},
          {folder.toString(), "other.manifest", "is no whole path"},
          {folder.toString(), folder.resolve("other.manifest").toString(), "no such file"}
        }) {
      HttpResponse<String> answer = ask(wrong[0], wrong[1]);
      assertEquals(422, answer.statusCode(), wrong[0] + ": " + answer.body());
      assertTrue(answer.body().contains(wrong[2]), answer.body());
    }
  }

  @Test
  void thePageTellsWhatCameOfIt() throws Exception {
    draw("train/good/0.png");
    draw("test/<b>bad/0.png");
    HttpResponse<String> page =
        server.form(
            "/products/" + product + "/pictures/import",
            "folder=" + URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8));
    assertEquals(200, page.statusCode(), page.body());
    assertTrue(page.body().contains("1 imported"), page.body());
    assertTrue(page.body().contains("&lt;b&gt;bad"), page.body());
  }
}
