package io.github.anople.torch.backbone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads one file from a scripted server into a folder of its own. */
@Timeout(60)
abstract class DownloadFixture {

  static final byte[] CONTENT = bytes(240, 300_000);
  static final byte[] OTHER = bytes(241, 300_000);
  static final long MAX_BYTES = 1 << 20;
  static final String TAG = "\"one\"";

  /** Quick, but long enough for a busy machine to answer on the loopback address. */
  static final DownloadSettings QUICK =
      new DownloadSettings(Duration.ofSeconds(20), Duration.ofSeconds(20), 3, Duration.ofMillis(1));

  static final DownloadSettings IMPATIENT =
      new DownloadSettings(Duration.ofSeconds(20), Duration.ofSeconds(1), 2, Duration.ofMillis(1));

  @TempDir Path folder;
  final List<String> heard = new ArrayList<>();
  private final AtomicLong arrived = new AtomicLong();

  static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  final DownloadListener listener =
      new DownloadListener() {
        @Override
        public void progress(String fileName, long bytes, long total) {
          heard.add(bytes + "/" + total);
          arrived.set(bytes);
        }

        @Override
        public void retrying(String fileName, String reason, Duration pause) {
          heard.add(reason);
        }
      };

  ScriptedServer.Step drop(byte[] content, String tag, int bytes) {
    return ScriptedServer.drop(content, tag, bytes, arrived);
  }

  String fetch(URI url, DownloadSettings settings) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    RemoteFile file = new RemoteFile("clip.pt", url, sha256(CONTENT).substring(0, 8), MAX_BYTES);
    return new FileDownload(client, settings, listener).fetch(file, folder);
  }

  String fetch(ScriptedServer server) {
    return fetch(server.url("clip.pt"), QUICK);
  }

  String fault(URI url, DownloadSettings settings) {
    String message = assertThrows(InputException.class, () -> fetch(url, settings)).getMessage();
    assertFalse(message.contains("\n"));
    assertFalse(Files.exists(folder.resolve("clip.pt")), message);
    return message;
  }

  String fault(ScriptedServer server) {
    return fault(server.url("clip.pt"), QUICK);
  }

  void assertComplete() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("clip.pt")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("clip.pt")), files.toList());
    }
  }

  long partSize() throws IOException {
    Path part = folder.resolve("clip.pt.part");
    return Files.exists(part) ? Files.size(part) : -1;
  }

  static void assertContains(String expected, String message) {
    assertTrue(message.contains(expected), message);
  }
}
