package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import java.awt.Color;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How good pictures are shown, and what is said of doubtful ones. */
class GoodPicturesTest {

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

  private static String add(String product, Path image) throws Exception {
    JsonNode added =
        server.picture(
            201, "/products/" + product + "/pictures?name=" + image.getFileName(), image);
    return added.path("sha256").stringValue();
  }

  private static Document page(String product) throws Exception {
    HttpResponse<String> answer = server.send(server.at("/products/" + product + "/pictures"));
    assertEquals(200, answer.statusCode(), answer.body());
    return Jsoup.parse(answer.body());
  }

  private static List<String> doubts(Document page, String name) {
    Element image = page.selectFirst(".gallery img[alt=" + name + "]");
    return image.closest("li").select(".chip").eachText();
  }

  @Test
  void doubtfulOnesAreTold() throws Exception {
    server.post(201, "/products", "{\"name\": \"doubtful\"}");
    add("doubtful", DrawnPart.good(1).write(folder.resolve("first.png")));
    add("doubtful", DrawnPart.good(2).write(folder.resolve("other.png")));
    assertTrue(page("doubtful").select("#doubts").isEmpty(), "nothing is doubtful yet");

    String twin = add("doubtful", DrawnPart.good(1).write(folder.resolve("twin.bmp")));
    String dark =
        add(
            "doubtful",
            DrawnPart.good(3).painted(Color.BLACK, 0, 0, 1, 1).write(folder.resolve("dark.png")));
    String grey =
        add(
            "doubtful",
            DrawnPart.good(3).painted(Color.GRAY, 0, 0, 1, 1).write(folder.resolve("grey.png")));
    add("doubtful", DrawnPart.good(4, 640, 240).write(folder.resolve("wide.png")));
    Document page = page("doubtful");
    assertEquals(List.of("there twice"), doubts(page, "first.png"));
    assertEquals(List.of("there twice"), doubts(page, "twin.bmp"));
    assertEquals(List.of(), doubts(page, "other.png"));
    assertEquals(List.of("nearly black"), doubts(page, "dark.png"));
    assertEquals(List.of("of one grey"), doubts(page, "grey.png"));
    assertEquals(List.of("other size or shape"), doubts(page, "wide.png"));
    assertEquals(4, page.select(".faults li").size(), page.select(".faults").outerHtml());

    for (String unused : List.of(twin, dark, grey)) {
      assertEquals(
          303, server.form("/products/doubtful/pictures/" + unused, "purpose=unused").statusCode());
    }
    assertEquals(1, page("doubtful").select(".faults li").size(), "the wide one is left");
  }

  @Test
  void aPreviewIsSmallAndOfAnyFormat() throws Exception {
    server.post(201, "/products", "{\"name\": \"shown\"}");
    String large = add("shown", DrawnPart.good(1, 3000, 1500).write(folder.resolve("large.png")));
    String tiff = add("shown", DrawnPart.good(1).write(folder.resolve("small.tif")));
    assertSize(1024, 512, preview(large));
    assertSize(320, 240, preview(tiff));

    Path derived = folder.resolve("data/derived");
    try (var files = Files.walk(derived)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    assertSize(1024, 512, preview(large));
    assertTrue(page("shown").select("img").size() >= 2);
  }

  private static byte[] preview(String sha256) throws Exception {
    return server.bytes("/products/shown/pictures/" + sha256 + "/preview");
  }

  private static void assertSize(int width, int height, byte[] jpeg) {
    RgbImage image = new ImageReader().read(jpeg, "preview.jpg");
    assertEquals(width + " x " + height, image.width() + " x " + image.height());
  }
}
