package io.github.anople.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** All that a server keeps, in a file and back again. */
class BackupTest {

  @TempDir static Path folder;

  private static Postgres postgres;
  private static Path backup;
  private static JsonNode inspection;

  @BeforeAll
  static void makeOne() throws Exception {
    postgres = Postgres.start();
    backup = folder.resolve("first.zip");
    try (TestServer server = TestServer.start(folder.resolve("first"), Optional.empty())) {
      server.enrol("bracket", TestServer.image("rgb_97x61.png"));
      inspection =
          server.picture(
              201,
              "/products/bracket/inspections?serialNumber=7",
              TestServer.image("rgb_97x61.png"));
      take(server, backup);
      assertEquals(tables(server), tablesIn(backup));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static void take(TestServer server, Path file) throws Exception {
    HttpResponse<Path> answer =
        HttpClient.newHttpClient()
            .send(server.at("/api/v1/backup").build(), HttpResponse.BodyHandlers.ofFile(file));
    assertEquals(200, answer.statusCode());
  }

  /** What the database says that it has. */
  private static Set<String> tables(TestServer server) {
    return new TreeSet<>(
        server
            .parts()
            .getBean(JdbcClient.class)
            .sql(
                "select lower(table_name) from information_schema.tables"
                    + " where lower(table_schema) = 'public'"
                    + " and lower(table_name) <> 'flyway_schema_history'")
            .query(String.class)
            .list());
  }

  private static Set<String> tablesIn(Path zip) throws Exception {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith("tables/"))
          .map(name -> name.substring("tables/".length()).replace(".jsonl", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Server.Options options(Path data, Optional<String> database) {
    return new Server.Options(data, "localhost", 0, database, Map.of());
  }

  @Test
  void itGoesFromOneDatabaseToTheOtherAndBack() throws Exception {
    Path second = folder.resolve("second");
    String database = postgres.empty();
    Server.restore(backup, options(second, Optional.of(database)));
    Path again = folder.resolve("second.zip");
    try (TestServer server = TestServer.start(second, Optional.of(database))) {
      assertWhole(server, "of-postgres");
      take(server, again);
    }
    Path third = folder.resolve("third");
    Server.restore(again, options(third, Optional.empty()));
    try (TestServer server = TestServer.start(third, Optional.empty())) {
      assertWhole(server, "of-h2");
      assertEquals("of-postgres", server.get("/products/of-postgres").path("name").stringValue());
    }
  }

  private static void assertWhole(TestServer server, String next) throws Exception {
    assertEquals(
        inspection,
        server.get("/products/bracket/inspections?serialNumber=7").path("inspections").get(0));
    assertTrue(
        server.send(server.at("/system/audit/check")).body().contains("follow from each other"));
    // Numbers go on, and the detector works.
    server.post(201, "/products", "{\"name\": \"" + next + "\"}");
    JsonNode another =
        server.picture(201, "/products/bracket/inspections", TestServer.image("rgb_97x61.png"));
    assertTrue(another.path("id").longValue() > inspection.path("id").longValue());
    assertEquals(inspection.path("score"), another.path("score"));
    assertEquals(inspection.path("detectorVersion"), another.path("detectorVersion"));
  }

  @Test
  void whatIsNotEmptyIsNotFilled() throws Exception {
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("mine.txt"), "mine");
    assertTold("is not empty", backup, options(full, Optional.empty()));
    assertEquals("mine", Files.readString(full.resolve("mine.txt")));

    String database = postgres.empty();
    try (Connection connection = DriverManager.getConnection(database)) {
      connection.createStatement().execute("create table mine (id int)");
      Path data = folder.resolve("beside");
      assertTold("is not empty", backup, options(data, Optional.of(database)));
      assertFalse(Files.exists(data));
      assertTrue(connection.getMetaData().getTables(null, "public", "mine", null).next());
    }
  }

  @Test
  void ofADamagedOneNothingIsLeft() throws Exception {
    String content =
        names(backup).stream()
            .filter(name -> name.startsWith("content/"))
            .findFirst()
            .orElseThrow();
    assertDamaged("another SHA-256", content, bytes -> new byte[] {1});
    assertDamaged("is missing", content, bytes -> null);
    assertDamaged(
        "another SHA-256",
        "tables/product.jsonl",
        bytes -> new String(bytes, UTF_8).replace("bracket", "tracket").getBytes(UTF_8));
    assertDamaged(
        "cannot be made here",
        "anople-backup.json",
        bytes ->
            new String(bytes, UTF_8)
                .replaceFirst("\"schema\":\"[0-9]+\"", "\"schema\":\"9999\"")
                .getBytes(UTF_8));
    assertDamaged("cannot be read", "anople-backup.json", bytes -> new byte[] {'{'});
    assertDamaged("is no backup", "anople-backup.json", bytes -> null);
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
    assertTold("is damaged", text, options(folder.resolve("of-text"), Optional.empty()));
  }

  private static void assertDamaged(String words, String entry, UnaryOperator<byte[]> change)
      throws Exception {
    Path damaged = folder.resolve("damaged.zip");
    try (ZipFile zip = new ZipFile(backup.toFile());
        OutputStream out = Files.newOutputStream(damaged);
        ZipOutputStream copy = new ZipOutputStream(out)) {
      for (String name : names(backup)) {
        byte[] bytes = zip.getInputStream(zip.getEntry(name)).readAllBytes();
        byte[] written = name.equals(entry) ? change.apply(bytes) : bytes;
        if (written != null) {
          copy.putNextEntry(new ZipEntry(name));
          copy.write(written);
        }
      }
    }
    for (Optional<String> database :
        List.of(Optional.<String>empty(), Optional.of(postgres.empty()))) {
      Path data = folder.resolve("damaged");
      assertTold(words, damaged, options(data, database));
      assertFalse(Files.exists(data), entry);
      if (database.isPresent()) {
        try (Connection connection = DriverManager.getConnection(database.get());
            ResultSet tables = connection.getMetaData().getTables(null, "public", "%", null)) {
          assertFalse(tables.next(), entry);
        }
      }
    }
  }

  private static List<String> names(Path zip) throws Exception {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }

  private static void assertTold(String words, Path file, Server.Options options) {
    InputException fault = assertThrows(InputException.class, () -> Server.restore(file, options));
    assertTrue(fault.getMessage().contains(words), fault::getMessage);
  }

  @Test
  void aFolderThatWasNotFilledToTheEndIsNotUsed() throws Exception {
    Path data = folder.resolve("half");
    Server.restore(backup, options(data, Optional.empty()));
    Files.createFile(data.resolve("restore-unfinished"));
    InputException fault =
        assertThrows(InputException.class, () -> TestServer.start(data, Optional.empty()).close());
    assertTrue(fault.getMessage().contains("was not restored to the end"), fault::getMessage);
    try (Stream<Path> inside = Files.list(data)) {
      assertTrue(inside.findAny().isPresent());
    }
  }
}
