package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for programs do what they say: they are run as they stand in the documentation. */
class DocumentationTest {

  @TempDir static Path folder;

  private static TestServer server;
  private static String page;

  @BeforeAll
  static void start() throws Exception {
    page = Files.readString(Path.of("../docs/server.md"));
    server = TestServer.start(folder.resolve("data"), Optional.empty());
    server.enrol("bracket", TestServer.image("rgb_97x61.png"));
    Files.copy(TestServer.image("rgb_97x61.png"), folder.resolve("part.png"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Runs the page's one block of a language, with this server's address in it. */
  private static void assertInspects(String language, String file, String... command)
      throws Exception {
    Matcher block =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(page);
    assertTrue(block.find(), language);
    String code = block.group(1);
    assertTrue(code.contains("http://localhost:8080/"), code);
    Files.writeString(
        folder.resolve(file), code.replace("http://localhost:8080", server.address()));
    int before = inspections();
    String printed = Program.run(folder, Map.of("ANOPLE_TOKEN", server.token()), List.of(command));
    assertEquals(before + 1, inspections(), printed);
    String verdict =
        server.get("/products/bracket/inspections").at("/inspections/0/verdict").stringValue();
    assertTrue(printed.contains(verdict), printed);
  }

  private static int inspections() throws Exception {
    return server.get("/products/bracket/inspections").path("inspections").size();
  }

  @Test
  void curl() throws Exception {
    assumeTrue(Program.isThere("curl"), "curl is not installed");
    assertInspects("sh", "inspect.sh", "sh", "inspect.sh");
  }

  @Test
  void python() throws Exception {
    assumeTrue(Program.isThere("python3"), "python3 is not installed");
    assertInspects("python", "inspect.py", "python3", "inspect.py");
  }

  @Test
  void java() throws Exception {
    assertInspects("java", "Inspect.java", Program.java(), "Inspect.java");
  }
}
