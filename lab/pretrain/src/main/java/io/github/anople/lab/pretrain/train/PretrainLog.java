package io.github.anople.lab.pretrain.train;

import io.github.anople.core.AtomicFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code pretrain.csv}: means of the losses, a line every few steps. */
final class PretrainLog implements AutoCloseable {

  private static final int STEPS_A_LINE = 50;
  private static final String HEADER =
      "step,rate,descriptors,contrast,words,patch_damage,early_damage,image_damage,total,seconds";

  private final PrintStream file;
  private final double[] sums = new double[7];
  private int summed;
  private Instant since = Instant.now();

  private PretrainLog(PrintStream file) {
    this.file = file;
  }

  /**
   * Opens the log; lines of steps that a resumed run repeats are cut off.
   *
   * @param stepsDone steps that the run starts after
   */
  static PretrainLog open(Path path, long stepsDone) throws IOException {
    List<String> kept = Files.exists(path) ? Files.readAllLines(path) : List.of();
    String text =
        HEADER
            + "\n"
            + kept.stream()
                .skip(1)
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(','))) <= stepsDone)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    AtomicFile.write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return new PretrainLog(
        new PrintStream(
            Files.newOutputStream(path, StandardOpenOption.APPEND), true, StandardCharsets.UTF_8));
  }

  void add(long step, double rate, PretrainValues values) {
    float[] row = {
      values.descriptors(),
      values.contrast(),
      values.words(),
      values.patchDamage(),
      values.earlyDamage(),
      values.imageDamage(),
      values.total()
    };
    for (int i = 0; i < row.length; i++) {
      sums[i] += row[i];
    }
    summed++;
    if (step % STEPS_A_LINE == 0) {
      write(step, rate);
    }
  }

  private void write(long step, double rate) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%d,%.3g", step, rate));
    for (int i = 0; i < sums.length; i++) {
      line.append(String.format(Locale.ROOT, ",%.4f", sums[i] / summed));
      sums[i] = 0;
    }
    double seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
    line.append(String.format(Locale.ROOT, ",%.1f", seconds));
    file.println(line);
    System.out.println(line);
    summed = 0;
    since = Instant.now();
  }

  @Override
  public void close() {
    file.close();
  }
}
