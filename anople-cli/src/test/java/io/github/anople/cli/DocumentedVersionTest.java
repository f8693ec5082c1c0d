package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedVersionTest {

  private static final String OURS =
      "<groupId>io\\.github\\.anople</groupId>\\s*<artifactId>[a-z-]+</artifactId>\\s*"
          + "<version>([^<]*)</version>";

  @Test
  void theReadmesCoordinatesNameTheVersionOfThePom() throws IOException {
    List<String> named = found("README.md", OURS);
    assertEquals(List.of(version()), named.stream().distinct().toList());
  }

  @Test
  void theCitationNamesTheVersionOfThePom() throws IOException {
    assertEquals(List.of(version()), found("CITATION.cff", "(?m)^version: (.*)$"));
  }

  private static String version() throws IOException {
    return found("pom.xml", OURS).get(0);
  }

  private static List<String> found(String file, String pattern) throws IOException {
    String text = Files.readString(Fixtures.checkout(file));
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(DocumentedVersionTest::first)
        .toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }
}
