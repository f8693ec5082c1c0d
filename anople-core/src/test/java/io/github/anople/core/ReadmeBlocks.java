package io.github.anople.core;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** Ties the README's Java to tests that run it: both as text, without white space. */
public final class ReadmeBlocks {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private ReadmeBlocks() {}

  /**
   * A Java block of the README up to what it prints, its paths written as a test writes them.
   *
   * @param index counted from 0
   */
  public static String shown(int index) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Fixtures.checkout("README.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    String block = blocks.get(index);
    return squeezed(block.substring(0, block.indexOf("System.out"))).replace("Path.of(", "path(");
  }

  /**
   * What a test runs of it: what stands between the comments "README begins" and "README ends".
   *
   * @param source the test's file, by its path from the checkout's root
   */
  public static String ran(String source) throws IOException {
    String text = Files.readString(Fixtures.checkout(source));
    String begins = "// README begins";
    int start = text.indexOf(begins) + begins.length();
    return squeezed(text.substring(start, text.indexOf("// README ends")));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
