package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Watched folders, on each database. */
abstract class FolderTest extends ConnectedTest {

  private Path watched;
  private int before;

  @BeforeEach
  void makeFolder() throws Exception {
    watched = Files.createTempDirectory(folder, "watched").toRealPath();
    before = inspected().size();
  }

  @Test
  void aPictureIsInspectedOnceItIsWhole() throws Exception {
    connect("folder", watched.toString());
    byte[] bytes = Files.readAllBytes(TestServer.image(GOOD));
    Path file = watched.resolve("A-17.b.png");
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    copy("first.png");
    awaitInspected(1);
    assertEquals(List.of("first"), numbers());
    Files.write(
        file, Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length), StandardOpenOption.APPEND);
    awaitInspected(2);

    assertEquals(List.of("A-17.b", "first"), numbers());
    assertTrue(Files.exists(file));
  }

  @Test
  void oddFilesAreToldAndStopNothing() throws Exception {
    Files.writeString(watched.resolve("a.png"), "no picture");
    Files.writeString(watched.resolve("b.txt"), "no picture either");
    Files.createDirectory(watched.resolve("c.png"));
    Files.createSymbolicLink(watched.resolve("d.png"), watched.resolve("gone.png"));
    JsonNode connected = connect("folder", watched.toString());
    copy("<b>ä \"ö\"'.png");
    awaitInspected(1);
    JsonNode told = await(connected, one -> one.path("fault").asString("").contains("a.png"));

    assertEquals("works", told.path("state").stringValue());
    assertEquals(List.of("<b>ä \"ö\"'"), numbers());
    String page = server.send(server.at("/connections")).body();
    assertTrue(page.contains("a.png"), page);
    copy("e.png");
    awaitInspected(2);
  }

  @Test
  void aRestartInspectsNothingTwice() throws Exception {
    Files.writeString(watched.resolve("bad.png"), "no picture");
    JsonNode connected = connect("folder", watched.toString());
    copy("1.png");
    copy("2.png");
    awaitInspected(2);
    String toldAt =
        await(connected, one -> one.path("fault").asString("").contains("bad.png"))
            .path("faultAt")
            .stringValue();
    restart();
    copy("3.png");
    awaitInspected(3);

    assertEquals(List.of("3", "2", "1").stream().sorted().toList(), sorted(numbers()));
    assertEquals(toldAt, connection(connected).path("faultAt").stringValue());
  }

  @Test
  void finishedPicturesAreMovedByVerdictAndNoneIsLost() throws Exception {
    JsonNode connected = server.post(201, "/connections", moving());
    Files.createDirectory(watched.resolve("line"));
    copy("x.png");
    copy("line/x.png");
    awaitMoved(2);
    awaitInspected(2);
    copy("x.png");
    awaitMoved(3);
    awaitInspected(3);

    List<String> names = moved();
    assertTrue(names.contains("OK/x.png"), names.toString());
    assertTrue(names.contains("OK/line/x.png"), names.toString());
    assertTrue(names.stream().anyMatch(name -> name.matches("OK/\\d+-x\\.png")), names.toString());
    assertFalse(connection(connected).has("failingSince"));
  }

  @Test
  void aFolderThatGoesAwayIsToldAndTakenUpAgain() throws Exception {
    JsonNode connected = connect("folder", watched.toString());
    Path away = watched.resolveSibling("away");
    Files.move(watched, away);
    JsonNode failing = await(connected, one -> one.has("failingSince"));
    assertTrue(failing.path("fault").stringValue().contains("is no folder"), failing.toString());
    JsonNode tested =
        server.post(200, "/connections/" + connected.path("id").asLong() + ":test", "");
    assertFalse(tested.path("works").booleanValue());
    Files.move(away, watched);
    await(connected, one -> !one.has("failingSince"));
    copy("after.png");
    awaitInspected(1);
  }

  @Test
  void foldersThatMayNotBeWatchedAreRefused() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data());
    for (String target :
        List.of(
            "",
            "relative",
            watched.resolve("missing").toString(),
            TestServer.image(GOOD).toString(),
            data().toString(),
            data().resolve("content").toString(),
            link.toString(),
            data().getParent().toString(),
            "/",
            "/\\u0000")) {
      server.post(422, "/connections", wish("folder", target));
    }
    connect("folder", watched.toString());
    Path inner = Files.createDirectory(watched.resolve("inner"));
    server.post(422, "/connections", wish("folder", watched.toString()));
    server.post(422, "/connections", wish("folder", inner.toString()));
  }

  private String moving() {
    return wish("folder", watched.toString()).replaceFirst("\\}$", ",\"move\":true}");
  }

  private void copy(String name) throws IOException {
    Files.copy(TestServer.image(GOOD), watched.resolve(name));
  }

  private void awaitInspected(int more) throws Exception {
    await(this::inspected, all -> all.size() >= before + more);
    assertEquals(before + more, inspected().size());
  }

  private List<JsonNode> inspected() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    server
        .get("/products/" + PRODUCT + "/inspections?limit=1000")
        .path("inspections")
        .forEach(all::add);
    return all;
  }

  /** Of what this test had inspected, the newest first. */
  private List<String> numbers() throws Exception {
    List<JsonNode> all = inspected();
    return all.subList(0, all.size() - before).stream()
        .map(one -> one.path("serialNumber").stringValue())
        .toList();
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  private void awaitMoved(int many) throws Exception {
    await(this::moved, names -> names.size() >= many);
  }

  private List<String> moved() throws IOException {
    Path root = watched.resolve("inspected");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }
}
