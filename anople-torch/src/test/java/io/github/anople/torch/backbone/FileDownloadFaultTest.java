package io.github.anople.torch.backbone;

import static io.github.anople.torch.backbone.ScriptedServer.announce;
import static io.github.anople.torch.backbone.ScriptedServer.flood;
import static io.github.anople.torch.backbone.ScriptedServer.redirect;
import static io.github.anople.torch.backbone.ScriptedServer.serve;
import static io.github.anople.torch.backbone.ScriptedServer.silence;
import static io.github.anople.torch.backbone.ScriptedServer.stall;
import static io.github.anople.torch.backbone.ScriptedServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileDownloadFaultTest extends DownloadFixture {

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    try (ScriptedServer server = new ScriptedServer(silence())) {
      assertContains("cannot be reached", fault(server.url("clip.pt"), IMPATIENT));
      assertEquals(2, server.requests.size());
    }
  }

  @Test
  void aWrongHashLeavesNothingBehind() throws IOException {
    try (ScriptedServer server = new ScriptedServer(serve(OTHER, TAG))) {
      assertContains("SHA-256 " + sha256(OTHER), fault(server));
      assertEquals(-1, partSize());
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void aServerThatAnnouncesTooMuchIsGivenUp() throws IOException {
    byte[] announced = Arrays.copyOf(CONTENT, 400_000);
    try (ScriptedServer server = new ScriptedServer(drop(announced, TAG, 300_000))) {
      assertContains("byte", fault(server));
      assertEquals(3, server.requests.size());
      assertEquals(300_000, partSize());
    }
  }

  @Test
  void aServerThatAnnouncesTooLittleIsFoundOutByTheHash() throws IOException {
    try (ScriptedServer server = new ScriptedServer(serve(Arrays.copyOf(CONTENT, 299_999), TAG))) {
      assertContains("sent 299999 bytes", fault(server));
      assertEquals(-1, partSize());
    }
  }

  @Test
  void aFileThatCannotBeItIsRefusedBeforeItFillsTheDisk() throws IOException {
    try (ScriptedServer server = new ScriptedServer(announce(MAX_BYTES + 1))) {
      assertContains("has 1048577 bytes or more", fault(server));
    }
    try (ScriptedServer server = new ScriptedServer(flood())) {
      assertContains("bytes or more", fault(server));
      assertEquals(-1, partSize());
    }
  }

  @Test
  void aFullDiskIsSeenBeforehand() throws IOException {
    long space = Files.getFileStore(folder).getUsableSpace();
    try (ScriptedServer server = new ScriptedServer(announce(2 * space + (1L << 30)))) {
      RemoteFile file =
          new RemoteFile("clip.pt", server.url("clip.pt"), "0123abcd", Long.MAX_VALUE);
      FileDownload download = new FileDownload(HttpClient.newHttpClient(), QUICK, listener);
      InputException fault = assertThrows(InputException.class, () -> download.fetch(file, folder));
      assertContains("but the disk has", fault.getMessage());
    }
  }

  @Test
  void aMissingFileIsNotAskedForTwice() {
    try (ScriptedServer server = new ScriptedServer(status(404))) {
      assertContains("/clip.pt: answered HTTP 404", fault(server));
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void redirectsToNowhereAreFaultsOfTheServer() {
    for (String location : List.of("http://[bad", "", "ftp://127.0.0.1/x", "file:///etc/passwd")) {
      try (ScriptedServer server = new ScriptedServer(redirect(location))) {
        assertContains("http://127.0.0.1", fault(server));
      }
    }
  }

  @Test
  void aServerThatSpeaksNoHttpIsGivenUp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> talkNonsense(server));
      thread.setDaemon(true);
      thread.start();
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/clip.pt");
      assertContains("cannot be reached", fault(url, QUICK));
    }
  }

  private static void talkNonsense(ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read();
          socket.getOutputStream().write("220 hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // The test is over and has closed the socket.
      return;
    }
  }

  @Test
  void nobodyThereIsAFaultOfTheNetwork() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertContains(
        "cannot be reached (", fault(URI.create("http://127.0.0.1:" + port + "/x"), QUICK));
  }

  @Test
  void anInterruptEndsTheDownloadAndKeepsThePart() throws IOException {
    try (ScriptedServer server = new ScriptedServer(stall(CONTENT, TAG, 100_000))) {
      Thread me = Thread.currentThread();
      DownloadListener interrupting = (name, bytes, total) -> interruptAt(me, bytes);
      RemoteFile file =
          new RemoteFile("clip.pt", server.url("clip.pt"), sha256(CONTENT), MAX_BYTES);
      FileDownload download = new FileDownload(HttpClient.newHttpClient(), QUICK, interrupting);
      InputException fault = assertThrows(InputException.class, () -> download.fetch(file, folder));
      assertTrue(Thread.interrupted());
      assertContains("was interrupted (100000 bytes", fault.getMessage());
      assertEquals(100_000, partSize());
    }
  }

  private static void interruptAt(Thread thread, long bytes) {
    if (bytes == 100_000) {
      thread.interrupt();
    }
  }
}
