package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera of 12 bits, said once: every command after the training reads as the training did. The
 * same pictures in 8 bits are what it is compared with: all numbers must be the same.
 */
class BitDepthTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir Path folder;

  @Test
  void aDepthThatWasSaidAtTrainingHoldsForEveryCommandAfterIt() throws IOException {
    List<String> eight = run("eight", BufferedImage.TYPE_BYTE_GRAY);
    List<String> twelve = run("twelve", BufferedImage.TYPE_USHORT_GRAY, "--bit-depth", "12");
    assertEquals(eight, twelve);

    String picture = folder.resolve("twelve/bad/9.png").toString();
    CommandRun other =
        CommandRun.of("predict", file("twelve", "washer.onnx"), picture, "--bit-depth", "14");
    assertTrue(other.err().contains("trained with --bit-depth 12"), other.err());
  }

  /** Every number that the commands give, the graph of a grown memory last. */
  private List<String> run(String name, int type, String... depth) throws IOException {
    Path pictures = folder.resolve(name);
    for (int i = 0; i < 5; i++) {
      String at = i == 0 ? "shots" : i == 4 ? "more" : "good";
      write(pictures.resolve(at + "/" + i + ".png"), SyntheticParts.good(i), type);
    }
    write(pictures.resolve("bad/9.png"), SyntheticParts.scratched(9), type);
    List<String> numbers = new ArrayList<>();
    String first = file(name, "first.anople");
    List<String> train =
        new ArrayList<>(
            List.of("train", "--normal", pictures.resolve("shots").toString(), "--name", "washer"));
    train.addAll(List.of("--epochs", "1", "--output", first));
    train.addAll(List.of(depth));
    train.addAll(List.of("--compute", "fp32", "--target-false-alarm", "none"));
    ok(train);

    String grown = file(name, "grown.anople");
    ok(List.of("memory", "add", first, pictures.resolve("more").toString(), "--output", grown));
    ok(List.of("calibrate", grown, "--normal", pictures.resolve("good").toString()));
    numbers.addAll(predict(pictures, grown, "bundle"));
    ok(
        List.of(
            "test",
            grown,
            "--test-good",
            pictures.resolve("good").toString(),
            "--test-bad",
            pictures.resolve("bad").toString(),
            "--output",
            pictures.resolve("tested").toString()));
    numbers.addAll(numbers(pictures.resolve("tested/scores.csv")));

    String graph = file(name, "washer.onnx");
    ok(List.of("export", grown, "--output", graph, "--verify", pictures.resolve("bad").toString()));
    numbers.addAll(predict(pictures, graph, "graph"));
    return numbers;
  }

  private String file(String name, String file) {
    return folder.resolve(name).resolve(file).toString();
  }

  private List<String> predict(Path pictures, String detector, String to) throws IOException {
    Path out = pictures.resolve("results-" + to);
    ok(
        List.of(
            "predict",
            detector,
            pictures.resolve("good").toString(),
            pictures.resolve("bad").toString(),
            "--output",
            out.toString()));
    JsonNode results = new JsonMapper().readTree(out.resolve("results.json").toFile());
    assertEquals(0, results.get("notes").size(), "no picture is dark");
    List<String> numbers = new ArrayList<>(numbers(out.resolve("scores.csv")));
    numbers.add(results.get("threshold").asText());
    numbers.add(results.get("pixel_threshold").asText());
    results.get("images").forEach(image -> numbers.add(image.get("defects").toString()));
    return numbers;
  }

  private static List<String> numbers(Path table) throws IOException {
    List<String> rows = Files.readAllLines(table);
    return rows.stream().map(row -> row.substring(row.indexOf(','))).toList();
  }

  private static void ok(List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--backbone", TINY));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    assertFalse(run.err().contains("bit-depth"), run.err());
  }

  private static void write(Path file, BufferedImage colours, int type) throws IOException {
    BufferedImage grey = new BufferedImage(colours.getWidth(), colours.getHeight(), type);
    int low = type == BufferedImage.TYPE_USHORT_GRAY ? 16 : 1;
    for (int y = 0; y < grey.getHeight(); y++) {
      for (int x = 0; x < grey.getWidth(); x++) {
        int level = colours.getRGB(x, y) >> 8 & 0xFF;
        grey.getRaster().setSample(x, y, 0, low * level);
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(grey, "png", file.toFile());
  }
}
