package io.github.anople.server;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page, light and dark, wide and narrow: without obstacles, without sideways scrolling,
 * without complaints of the browser; and a picture of each.
 */
class PageLooksTest {

  private static final String LONG =
      "housing-of-the-left-front-door-handle-with-the-chrome-plated-cover-variant-";

  @TempDir static Path folder;

  private static TestServer server;
  private static Browser browser;

  /**
   * A page.
   *
   * @param name of its pictures
   * @param path where it is
   */
  private record Seen(String name, String path) {}

  /** A new page is a line here. */
  private static final List<Seen> PAGES =
      List.of(
          new Seen("products", "/"),
          new Seen("pictures", "/products/plate/pictures"),
          new Seen("pictures-none", "/products/untaught/pictures"),
          new Seen("pictures-doubtful", "/products/doubtful/pictures"),
          new Seen("detector", "/products/plate/detector"),
          new Seen("detector-none", "/products/untaught/detector"),
          new Seen("inspect", "/products/plate/inspect"),
          new Seen("inspect-none", "/products/untaught/inspect"),
          new Seen("history", "/products/plate/history"),
          new Seen("history-none", "/products/untaught/history"),
          new Seen("inspection", "/products/plate/history/2"),
          new Seen("review", "/products/plate/review"),
          new Seen("review-none", "/products/untaught/review"),
          new Seen("trends", "/products/plate/trends"),
          new Seen("trends-none", "/products/untaught/trends"),
          new Seen("decide", "/products/plate/decide"),
          new Seen("decide-none", "/products/untaught/decide"),
          new Seen("version", "/products/plate/detector/2"),
          new Seen("connections", "/connections"),
          new Seen("connection-new", "/connections/new?kind=webhook"),
          new Seen("system", "/system"),
          new Seen("users", "/system/users"),
          new Seen("audit", "/system/audit"),
          new Seen("account", "/account"),
          new Seen("fault", "/products/nobody/history"));

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(folder.resolve("data"), Optional.empty());
    browser = Browser.open(server.address(), folder).signIn();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyPageIsUsableByEverybody() throws Exception {
    check(new Seen("products-empty", "/"));
    fill();
    for (Seen page : PAGES) {
      check(page);
    }
    for (int i = 0; i < 18; i++) {
      server.post(
          201,
          "/products",
          "{\"name\": \""
              + LONG
              + i
              + "\", \"shows\": \""
              + "a housing of the door ".repeat(8)
              + "\"}");
    }
    check(new Seen("products-many", "/"));
    check(new Seen("pictures-long-name", "/products/" + LONG + "1/pictures"));
  }

  private static void check(Seen page) throws Exception {
    browser.go(page.path());
    browser.looks(page.name());
  }

  private static void fill() throws Exception {
    Path[] good = pictures("good", 6);
    server.enrol("plate", Arrays.copyOf(good, 4));
    for (Path further : Arrays.copyOfRange(good, 4, 6)) {
      server.picture(201, "/products/plate/pictures?name=" + further.getFileName(), further);
    }
    inspect("A-117", DrawnPart.good(7));
    inspect(
        "A-118",
        DrawnPart.good(8)
            .scratched()
            .painted(Color.YELLOW, 0.85, 0.05, 0.1, 0.1)
            .painted(Color.WHITE, 0.05, 0.8, 0.15, 0.12));
    server.post(201, "/products", "{\"name\": \"untaught\"}");
    server.post(201, "/products", "{\"name\": \"doubtful\"}");
    for (Path picture :
        List.of(
            DrawnPart.good(1).write(folder.resolve("plate.png")),
            DrawnPart.good(1).write(folder.resolve("the-same-plate-in-another-file.bmp")),
            DrawnPart.good(2, 200, 240).write(folder.resolve("narrow.png")),
            DrawnPart.good(3).painted(Color.BLACK, 0, 0, 1, 1).write(folder.resolve("dark.png")))) {
      server.picture(201, "/products/doubtful/pictures?name=" + picture.getFileName(), picture);
    }
  }

  private static void inspect(String serialNumber, DrawnPart part) throws Exception {
    server.picture(
        201,
        "/products/plate/inspections?serialNumber=" + serialNumber,
        part.write(folder.resolve(serialNumber + ".png")));
  }

  private static Path[] pictures(String name, int count) throws Exception {
    List<Path> all = new ArrayList<>();
    Files.createDirectories(folder.resolve(name));
    for (int i = 1; i <= count; i++) {
      all.add(DrawnPart.good(i).write(folder.resolve(name).resolve(name + "-" + i + ".png")));
    }
    return all.toArray(Path[]::new);
  }
}
