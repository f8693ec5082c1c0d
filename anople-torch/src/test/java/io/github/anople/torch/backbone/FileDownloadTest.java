package io.github.anople.torch.backbone;

import static io.github.anople.torch.backbone.ScriptedServer.ignoreIfRange;
import static io.github.anople.torch.backbone.ScriptedServer.ignoreRange;
import static io.github.anople.torch.backbone.ScriptedServer.redirect;
import static io.github.anople.torch.backbone.ScriptedServer.serve;
import static io.github.anople.torch.backbone.ScriptedServer.stall;
import static io.github.anople.torch.backbone.ScriptedServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FileDownloadTest extends DownloadFixture {

  @Test
  void aWholeFileArrivesWithItsHash() throws IOException {
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      assertEquals(sha256(CONTENT), fetch(server));
      assertComplete();
      assertEquals("0/300000", heard.get(0));
      assertEquals("300000/300000", heard.get(heard.size() - 1));
    }
  }

  @Test
  void anIntactFileIsNotDownloadedAgainAndADamagedOneIs() throws IOException {
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      Files.write(folder.resolve("clip.pt"), CONTENT);
      fetch(server);
      assertEquals(0, server.requests.size());
      Files.write(folder.resolve("clip.pt"), OTHER);
      fetch(server);
      assertComplete();
    }
  }

  @Test
  void aDroppedConnectionIsResumedWhereItStopped() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(drop(CONTENT, TAG, 100_000), serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("bytes=100000-", server.requests.get(1).range());
      assertEquals(TAG, server.requests.get(1).ifRange());
    }
  }

  @Test
  void aStalledConnectionIsResumedWhereItStopped() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(stall(CONTENT, TAG, 100_000), serve(CONTENT, TAG))) {
      fetch(server.url("clip.pt"), IMPATIENT);
      assertComplete();
      assertEquals("bytes=100000-", server.requests.get(1).range());
      assertTrue(heard.contains("nothing arrived for 1.0 s"), heard::toString);
    }
  }

  @Test
  void whatHasArrivedIsKeptForTheNextRun() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(drop(CONTENT, TAG, 100_000), status(503), status(500))) {
      String message = fault(server);
      assertContains("HTTP 500 (100000 bytes have arrived)", message);
      assertEquals(100_000, partSize());
    }
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("bytes=100000-", server.requests.get(0).range());
    }
  }

  @Test
  void aServerThatIgnoresRangesStartsAnew() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(drop(CONTENT, TAG, 100_000), ignoreRange(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
    }
  }

  @Test
  void aFileThatChangesBetweenTriesIsNotSpliced() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(drop(OTHER, "\"old\"", 100_000), serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("\"old\"", server.requests.get(1).ifRange());
    }
  }

  @Test
  void aServerThatIgnoresIfRangeIsFoundOutByTagAndByLength() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            drop(OTHER, "\"old\"", 100_000),
            ignoreIfRange(CONTENT, TAG, 100_000),
            serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("", server.requests.get(2).range());
    }
    Files.delete(folder.resolve("clip.pt"));
    try (ScriptedServer server =
        new ScriptedServer(
            drop(Arrays.copyOf(OTHER, 200_000), "", 100_000),
            ignoreIfRange(CONTENT, "", 100_000),
            serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("", server.requests.get(2).range());
    }
  }

  @Test
  void aSpliceThatOnlyTheHashShowsIsDownloadedOnceMore() throws IOException {
    Files.write(folder.resolve("clip.pt.part"), Arrays.copyOf(OTHER, 100_000));
    Files.writeString(folder.resolve("clip.pt.part.origin"), TAG + "\n300000\n");
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("bytes=100000-", server.requests.get(0).range());
      assertEquals(2, server.requests.size());
    }
  }

  @Test
  void aPartOfUnknownOriginIsNotUsed() throws IOException {
    Files.write(folder.resolve("clip.pt.part"), Arrays.copyOf(OTHER, 100_000));
    Files.writeString(folder.resolve("clip.pt.part.origin"), "nonsense");
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals("", server.requests.get(0).range());
    }
  }

  @Test
  void aPartThatIsAlreadyWholeOnlyNeedsItsHash() throws IOException {
    Files.write(folder.resolve("clip.pt.part"), CONTENT);
    Files.writeString(folder.resolve("clip.pt.part.origin"), TAG + "\n300000\n");
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void aPartThatIsTooLongIsThrownAway() throws IOException {
    Files.write(folder.resolve("clip.pt.part"), Arrays.copyOf(CONTENT, 300_001));
    Files.writeString(folder.resolve("clip.pt.part.origin"), TAG + "\n300000\n");
    try (ScriptedServer server = new ScriptedServer(serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
    }
  }

  @Test
  void aServerThatRecoversIsForgiven() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(status(500), status(429), serve(CONTENT, TAG))) {
      fetch(server);
      assertComplete();
      assertTrue(heard.contains("the server answered HTTP 429"), heard::toString);
    }
  }

  @Test
  void redirectsAreFollowedWithTheRange() throws IOException {
    try (ScriptedServer files =
            new ScriptedServer(drop(CONTENT, TAG, 100_000), serve(CONTENT, TAG));
        ScriptedServer server = new ScriptedServer(redirect(files.url("elsewhere").toString()))) {
      fetch(server);
      assertComplete();
      assertEquals("bytes=100000-", files.requests.get(1).range());
    }
  }
}
