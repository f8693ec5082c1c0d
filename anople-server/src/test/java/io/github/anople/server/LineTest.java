package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A line in the course of a day: what it notices of itself, over a restart. */
class LineTest {

  private static final int SIDE = 96;
  private static final int CALIBRATED = 30;

  @TempDir Path folder;

  private final Random random = new Random(20);
  private int drawn;

  /** A grey plate with a lighter stripe, a little other each time. */
  private Path plate(double light) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    double lamp = light * (1 + 0.01 * random.nextGaussian());
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double level = (x / 24 % 2 == 0 ? 120 : 160) + 6 * random.nextGaussian();
        int grey = (int) Math.max(0, Math.min(255, lamp * level));
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    Path file = folder.resolve("plate-" + drawn++ + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private void inspect(TestServer server, int pictures, double light) throws Exception {
    for (int i = 0; i < pictures; i++) {
      server.picture(201, "/products/plate/inspections", plate(light));
    }
  }

  private TestServer start() {
    return TestServer.start(folder.resolve("data"), Optional.empty());
  }

  /** Waits until light has moved, or has come back: drift follows behind the answers. */
  private static JsonNode light(TestServer server, boolean ended) throws Exception {
    while (true) {
      for (JsonNode one : server.get("/products/plate/drift")) {
        if (one.path("kind").stringValue().equals("light") && one.has("ended") == ended) {
          return one;
        }
      }
      Thread.sleep(50);
    }
  }

  @Test
  void aDarkerLampIsNoticedAndItsEndAfterARestart() throws Exception {
    try (TestServer server = start()) {
      Path[] good = new Path[4 + CALIBRATED];
      for (int i = 0; i < good.length; i++) {
        good[i] = plate(1);
      }
      server.enrol("plate", good);
      inspect(server, 20, 1);
      inspect(server, 20, 0.7);
      assertTrue(light(server, false).path("began").longValue() > 20);
      assertTrue(server.send(server.at("/")).body().contains("Drift: "));
    }
    try (TestServer server = start()) {
      light(server, false);
      inspect(server, 25, 1);
      light(server, true);
    }
  }

  @Test
  void aNewVersionIsTriedOnWhatOthersHaveInspected() throws Exception {
    try (TestServer server = start()) {
      server.enrol("plate", plate(1));
      inspect(server, 3, 1);
      server.picture(201, "/products/plate/pictures?name=two.png", plate(1));
      server.train("plate");
      String page = server.send(server.at("/products/plate/detector")).body();
      while (!page.contains("Tried on the last 3 pictures")) {
        Thread.sleep(50);
        page = server.send(server.at("/products/plate/detector")).body();
      }
    }
  }
}
