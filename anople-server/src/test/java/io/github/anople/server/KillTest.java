package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that is killed at random moments under load, {@code -Danople.kills=10} times: whatever
 * was answered is in the history with its picture, no row names a missing file, and trainings go
 * on.
 */
class KillTest {

  private static final int KILLS = Integer.getInteger("anople.kills", 2);
  private static final int CLIENTS = 3;
  private static final int SIDE = 64;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final Random random = new Random(7);
  private final Map<Long, byte[]> answered = new ConcurrentHashMap<>();
  private final AtomicInteger uploaded = new AtomicInteger();
  private Process process;

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private TestServer serve() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServedProcess.class.getName(),
                folder.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return TestServer.at(URI.create(line.substring("ready ".length())));
      }
    }
    throw new IOException("no server: " + Files.readString(folder.resolve("log")));
  }

  static byte[] drawn(long seed) {
    Random noise = new Random(seed);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, noise.nextInt(1 << 24));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void whatWasAnsweredIsKeptWheneverTheServerIsKilled() throws Exception {
    TestServer server = serve();
    server.enrol("part", TestServer.image("rgb_97x61.png"));
    for (int kill = 0; kill < KILLS; kill++) {
      TestServer victim = server;
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      for (int i = 0; i < CLIENTS; i++) {
        long seed = random.nextLong();
        clients.execute(() -> work(victim, seed));
      }
      server.send(server.api("/products/part/detectors:train").POST(BodyPublishers.noBody()));
      // Any moment, of a training too: the test holds at each.
      int before = answered.size();
      Thread.sleep(500 + random.nextInt(3000));
      while (answered.size() == before) {
        Thread.sleep(50);
      }
      process.destroyForcibly().waitFor();
      clients.shutdown();
      assertTrue(clients.awaitTermination(1, TimeUnit.MINUTES));
      server = serve();
      check(server);
    }
    System.out.printf(
        "killed %d times: %d inspections and %d uploads answered, all there%n",
        KILLS, answered.size(), uploaded.get());
  }

  /** Sends pictures until nobody answers. */
  private void work(TestServer server, long seed) {
    for (long i = seed; ; i++) {
      byte[] picture = drawn(i);
      boolean upload = i % 5 == 0;
      try {
        HttpResponse<String> answer =
            server.send(
                server
                    .api("/products/part/" + (upload ? "pictures?name=" + i : "inspections"))
                    .header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(picture)));
        assertEquals(201, answer.statusCode(), answer.body());
        if (upload) {
          uploaded.incrementAndGet();
        } else {
          answered.put(JSON.readTree(answer.body()).path("id").longValue(), picture);
        }
      } catch (Exception e) {
        return;
      }
    }
  }

  private void check(TestServer server) throws Exception {
    List<Long> there = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = server.get("/products/part/inspections?limit=1000" + next);
      for (JsonNode row : page.path("inspections")) {
        there.add(row.path("id").longValue());
        for (String file : List.of("picture", "map")) {
          String path = row.path(file).stringValue();
          assertEquals(200, server.send(server.at(path)).statusCode(), path);
        }
      }
      next = page.has("before") ? "&before=" + page.path("before").longValue() : "";
    } while (!next.isEmpty());
    for (Map.Entry<Long, byte[]> one : answered.entrySet()) {
      assertTrue(there.contains(one.getKey()), "inspection " + one.getKey() + " is lost");
      assertArrayEquals(
          one.getValue(),
          server.bytes("/api/v1/products/part/inspections/" + one.getKey() + "/picture"));
    }
    int pictures = 0;
    for (JsonNode picture : server.get("/products/part/pictures")) {
      String path = "/products/part/pictures/" + picture.path("sha256").stringValue();
      assertEquals(200, server.send(server.at(path)).statusCode(), path);
      pictures++;
    }
    assertTrue(pictures >= uploaded.get(), pictures + " of " + uploaded);
    JsonNode job = server.get("/products/part/jobs").get(0);
    while (!job.path("state").stringValue().matches("done|failed")) {
      Thread.sleep(100);
      job = server.get("/jobs/" + job.path("id").longValue());
    }
    assertNotEquals("failed", job.path("state").stringValue(), job.toString());
  }
}
