package io.github.anople.torch.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * {@code training.csv}: a row a step. It holds no times, so that equal trainings write equal logs.
 */
final class TrainingLog {

  private static final String HEADER =
      "epoch,step,picture,prompt_rate,decoder_rate,dice,focal,ce_pixel,ce_latent,align,total\n";

  private TrainingLog() {}

  /**
   * Writes the log of a training so far, whole.
   *
   * @param rates learning rates of a step counted from 0
   */
  static void write(
      Path file, List<TrainingState.Row> history, List<Shot> shots, LongFunction<Rates> rates) {
    StringBuilder text = new StringBuilder(HEADER);
    for (TrainingState.Row row : history) {
      Rates rate = rates.apply(row.step() - 1);
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%s,%s,%s,%s,%s,%s,%s,%s\n",
              row.epoch(),
              row.step(),
              quoted(shots.get(row.shot()).origin().name()),
              rate.prompts(),
              rate.decoder(),
              cell(row.losses().dice()),
              cell(row.losses().focal()),
              cell(row.losses().cePixel()),
              cell(row.losses().ceLatent()),
              cell(row.losses().align()),
              cell(row.losses().total())));
    }
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(UTF_8)));
  }

  /** A term that is off leaves its cell empty. */
  private static String cell(float value) {
    return Float.isNaN(value) ? "" : Float.toString(value);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
