package io.github.anople.lab.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rival's process. It says {@code version …} and {@code features …} (of the largest batch, of
 * unit length), waits for a line that lets it go on, and says {@code samples BATCH SECONDS…} for
 * each batch size. So features can be compared before anything is timed.
 */
final class RivalProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final Path log;
  private String version = "";

  private RivalProcess(Process process, Path log) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.log = log;
  }

  /** Starts a command; what it says on standard error goes to a file. */
  static RivalProcess start(List<String> command, Path log) throws Unavailable {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    // Set by ./anople for itself: a user of another program would not have them.
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    try {
      return new RivalProcess(builder.start(), log);
    } catch (IOException e) {
      throw new Unavailable("cannot be started: " + e.getMessage());
    }
  }

  /** What it computes with. */
  String version() {
    return version;
  }

  /** The features of the largest batch. */
  float[] features() throws Unavailable {
    version = answer("version");
    double[] numbers = numbers(answer("features"));
    float[] features = new float[numbers.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) numbers[i];
    }
    return features;
  }

  /** Lets it go on; durations by batch size. */
  Map<Integer, Samples> time() throws Unavailable {
    Map<Integer, Samples> samples = new LinkedHashMap<>();
    try (Writer go = process.outputWriter(UTF_8)) {
      go.write("go\n");
      go.flush();
      String line = answers.readLine();
      while (line != null) {
        double[] numbers = numbers(line.substring(line.indexOf(' ') + 1));
        samples.put((int) numbers[0], new Samples(Arrays.copyOfRange(numbers, 1, numbers.length)));
        line = answers.readLine();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new Unavailable(
          "printed something that is not a timing (" + e.getMessage() + "), see " + log);
    }
    if (samples.isEmpty()) {
      throw new Unavailable("ended before it timed anything, see " + log);
    }
    return samples;
  }

  private String answer(String word) throws Unavailable {
    try {
      String line = answers.readLine();
      if (line != null && line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
      throw new Unavailable(line == null ? "ended at once, see " + log : line);
    } catch (IOException e) {
      throw new Unavailable(e.toString());
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Ends it, if it has not ended by itself. */
  @Override
  public void close() {
    process.destroy();
  }
}
