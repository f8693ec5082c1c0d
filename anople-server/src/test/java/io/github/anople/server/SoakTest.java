package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.onnx.OnnxDetectorOpener;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight clients that inspect without a pause, {@code -Danople.inspections=50000} pictures: memory
 * stays, and it is printed what the server takes beside detection.
 */
class SoakTest {

  private static final int INSPECTIONS = Integer.getInteger("anople.inspections", 200);
  private static final int CLIENTS = 8;
  private static final int PARTS = 5;
  private static final int EACH = INSPECTIONS / PARTS;

  /** Fewer tell nothing about memory: caches and pools are filled first. */
  private static final int ENOUGH = 20_000;

  private static final long MOST_GROWTH = 48L << 20;
  private static final int PICTURES = 500;

  @TempDir Path folder;

  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }

  @Test
  void memoryStaysWhileEightClientsInspect() throws Exception {
    List<byte[]> pictures = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(KillTest.drawn(random.nextLong()));
    }
    try (TestServer server = TestServer.start(folder.resolve("data"), Optional.empty())) {
      server.enrol("part", TestServer.image("rgb_97x61.png"));
      List<Long> memory = new ArrayList<>();
      double[] millis = new double[PARTS];
      for (int part = 0; part < PARTS; part++) {
        long begun = System.nanoTime();
        inspect(server, pictures, EACH);
        millis[part] = (System.nanoTime() - begun) / 1e6 / EACH;
        System.gc();
        memory.add(resident());
      }
      print(server, pictures, millis, memory);
      long grown = memory.get(PARTS - 1) - memory.get(0);
      assertTrue(INSPECTIONS < ENOUGH || grown < MOST_GROWTH, () -> "grown by " + grown + " bytes");
      String row =
          server.get("/products/part/inspections?limit=1").at("/inspections/0/id").asString();
      assertEquals(EACH * PARTS, Integer.parseInt(row));
    }
  }

  private static void inspect(TestServer server, List<byte[]> pictures, int count)
      throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      work.add(
          clients.submit(
              () -> {
                for (int next = left.decrementAndGet(); next >= 0; next = left.decrementAndGet()) {
                  HttpResponse<String> answer =
                      server.send(
                          server
                              .api("/products/part/inspections")
                              .header("Content-Type", "image/png")
                              .POST(BodyPublishers.ofByteArray(pictures.get(next % PICTURES))));
                  assertEquals(201, answer.statusCode(), answer.body());
                }
                return null;
              }));
    }
    for (Future<?> one : work) {
      one.get();
    }
    clients.shutdown();
  }

  private void print(TestServer server, List<byte[]> pictures, double[] millis, List<Long> memory)
      throws Exception {
    Path graph = folder.resolve("detector.onnx");
    Files.write(graph, server.bytes("/api/v1/products/part/detectors/2.onnx"));
    double[] alone = new double[200];
    try (DetectorFile file = new OnnxDetectorOpener().open(graph, OpenSettings.AUTO)) {
      for (int i = -50; i < alone.length; i++) {
        RgbImage image =
            new ImageReader()
                .readNoted(pictures.get(Math.floorMod(i, PICTURES)), "picture")
                .image();
        long begun = System.nanoTime();
        file.detector().detect(image);
        alone[Math.max(0, i)] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(alone);
    double detection = alone[alone.length / 2];
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%,d inspections, %d clients: %.2f ms each (median of %d parts), detection alone %.2f ms,"
            + " beside it %.2f ms; resident after each part %s MB%n",
        INSPECTIONS,
        CLIENTS,
        sorted[PARTS / 2],
        PARTS,
        detection,
        sorted[PARTS / 2] - detection,
        memory.stream().map(bytes -> bytes >> 20).toList());
  }
}
