package io.github.anople.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.dist.Unpacked.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  private static final List<String> PRODUCTS =
      List.of(
          "blister_pack",
          "woven_label",
          "circuit_board",
          "pressure_gauge",
          "pressure_gauge_4_shots");

  @TempDir Path temporary;

  /** What the demo made stays in the build folder: .ci/run goes on with it. */
  @Test
  void theDemoOfTheUnpackedArchiveFindsTheDefects() throws IOException {
    Path place = Unpacked.archive("").resolveSibling("demo run");
    emptied(place);
    Unpacked program = Unpacked.into(temporary);

    Ended ended = program.run(place, program.script(), "demo");

    assertEquals(0, ended.code(), ended.err());
    Path demo = place.resolve("anople-demo");
    for (String product : PRODUCTS) {
      assertTrue(Files.size(demo.resolve(product + ".anople")) > 0, product);
      Path results = demo.resolve("results").resolve(product);
      assertEquals(13, Files.readAllLines(results.resolve("scores.csv")).size(), product);
      assertTrue(Files.readString(results.resolve("report.html")).contains("</html>"), product);
    }
    assertTrue(
        ended.err().indexOf("blister_pack: image AUROC ")
            < ended.err().indexOf("woven_label: learning"),
        "the first outcome is told before the second product is learned");
    assertTrue(ended.out().contains("  4 pictures "), ended.out());
    // What the demo promises to be: convincing on the three products that one picture can show.
    assertTrue(imageAuroc(ended) >= 0.95, ended.out());
    assertTrue(ended.out().contains("covered_lens.png: "), ended.out());
    assertTrue(
        Files.readString(demo.resolve("results/odd/scores.csv")).contains("covered_lens.png,"));
  }

  /** The mean image AUROC in the table that the demo prints. */
  private static double imageAuroc(Ended ended) {
    Matcher matcher = Pattern.compile("(?m)^  mean +([01]\\.[0-9]{3}) ").matcher(ended.out());
    assertTrue(matcher.find(), ended.out());
    return Double.parseDouble(matcher.group(1));
  }

  private static void emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectory(folder);
  }
}
