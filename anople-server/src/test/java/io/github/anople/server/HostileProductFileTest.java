package io.github.anople.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Product files that nobody exported: each is refused in a line, and nothing of it is left. */
class HostileProductFileTest {

  private static final String JSON = "product.json";

  @TempDir static Path folder;

  private static TestServer server;
  private static byte[] picture;

  /** What a whole file has, by name. */
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(folder.resolve("data"), Optional.empty());
    picture = Files.readAllBytes(TestServer.image("rgb_97x61.png"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeAWholeFile() {
    json(product(""));
    entries.put("content/" + Sha256.of(picture), picture);
  }

  private static String product(String more) {
    return """
        {"format": "anople-product", "format_version": 1, "name": "hostile", "shows": "a plate",
         "pictures": [{"sha256": "%s", "name": "a.png", "purpose": "shot", "remarks": ""}],
         "detectors": []%s}"""
        .formatted(Sha256.of(picture), more);
  }

  private void json(String text) {
    entries.put(JSON, text.getBytes(UTF_8));
  }

  private byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void assertRefused(String why, byte[] file) throws Exception {
    HttpResponse<String> answer = ExchangeTest.take(server, file, "");
    assertEquals(422, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(why), answer.body());
    assertTrue(answer.body().contains("\"remedy\""), answer.body());
    assertEquals(404, server.send(server.api("/products/hostile")).statusCode(), why);
    try (Stream<Path> left = Files.list(folder.resolve("data/incoming"))) {
      assertEquals(List.of(), left.toList(), why);
    }
  }

  private void assertRefused(String why) throws Exception {
    assertRefused(why, zip());
  }

  @Test
  void aWholeFileOfThisKindIsTaken() throws Exception {
    HttpResponse<String> answer = ExchangeTest.take(server, zip(), "?name=whole");
    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals("a.png", server.get("/products/whole/pictures").get(0).path("name").stringValue());
    assertEquals(409, ExchangeTest.take(server, zip(), "?name=whole").statusCode());
    assertEquals(422, ExchangeTest.take(server, zip(), "?name=..%2Fup").statusCode());
  }

  @Test
  void whatIsNoZipOrOneCutShort() throws Exception {
    assertRefused("does not begin with product.json", new byte[0]);
    assertRefused("does not begin with product.json", "<html>".getBytes(UTF_8));
    byte[] whole = zip();
    assertRefused("is no whole ZIP", Arrays.copyOf(whole, 100));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    assertRefused("is no whole ZIP", cut);
  }

  @Test
  void entriesThatAreMissingOrTooMany() throws Exception {
    for (String name :
        List.of("../../evil", "/etc/evil", "content/../evil", "C:\\evil", "content/", "x\n")) {
      entries.put(name, new byte[] {1});
      assertRefused("which the product does not name");
      entries.remove(name);
    }
    byte[] content = entries.remove("content/" + Sha256.of(picture));
    assertRefused("lacks 1 entries");
    entries.clear();
    entries.put("content/" + Sha256.of(picture), content);
    json(product(""));
    assertRefused("does not begin with product.json");
  }

  @Test
  void anEntryThatIsThereTwice() throws Exception {
    String twin = "content/" + "0".repeat(64);
    entries.put(twin, picture);
    String whole = new String(zip(), ISO_8859_1);
    String twice = whole.replace(twin, "content/" + Sha256.of(picture));
    assertRefused("twice", twice.getBytes(ISO_8859_1));
  }

  @Test
  void contentThatIsNotWhatItsNameSays() throws Exception {
    byte[] other = picture.clone();
    other[other.length - 20] ^= 1;
    entries.put("content/" + Sha256.of(picture), other);
    assertRefused("has another content than its name says");
  }

  @Test
  void bombs() throws Exception {
    json(product("") + " ".repeat(40 << 20));
    assertRefused("has a first entry of more than");
    json(product(""));
    entries.put("content/" + Sha256.of(picture), new byte[200 << 20]);
    assertRefused("unpacks to more than 100 times its size");
  }

  @Test
  void picturesAndDetectorsThatCannotBeOpened() throws Exception {
    byte[] text = "no picture".getBytes(UTF_8);
    String hash = Sha256.of(text);
    entries.clear();
    json(product("").replace(Sha256.of(picture), hash));
    entries.put("content/" + hash, text);
    assertRefused("content/" + hash);
    entries.clear();
    makeAWholeFile();
    json(
        product("")
            .replace(
                "\"detectors\": []",
                """
                "detectors": [{"provisional": true, "origin": "training", "anople": "%s", "onnx": "%s",
                  "pictures": []}],
                "active": 1"""
                    .formatted(hash, hash)));
    entries.put("content/" + hash, text);
    assertRefused("has a detector that cannot be used");
  }

  @Test
  void jsonThatIsNotAsItIsWritten() throws Exception {
    String whole = product("");
    Map<String, String> faults = new LinkedHashMap<>();
    faults.put(whole.replace("\"format_version\": 1", "\"format_version\": 2"), "version 2");
    faults.put(whole.replace("anople-product", "other-product"), "other-product");
    faults.put(product(", \"more\": 1"), "is not a field that this version knows");
    faults.put(product(", \"name\": \"x\""), "is not JSON");
    faults.put(whole + "{}", "is not JSON");
    faults.put(product(", \"active\": 1"), "has no version 1");
    faults.put(product(", \"region\": {\"ignore\": 7}"), "region");
    faults.put(whole.replace("\"shot\"", "\"other\""), "is no purpose");
    faults.put(whole.replace("a.png", "a\\u0000.png"), "not in one line");
    faults.put(whole.replace("\"a.png\"", "7"), "should be text");
    faults.put(whole.replace("\"hostile\"", "\"../up\""), "its name is not of letters");
    faults.put(whole.replace(Sha256.of(picture), "../up"), "is no SHA-256");
    String one = whole.substring(whole.indexOf("[{") + 1, whole.indexOf("}]") + 1);
    faults.put(whole.replace(one, one + "," + one), "twice");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      json(fault.getKey());
      assertRefused(fault.getValue());
    }
  }
}
