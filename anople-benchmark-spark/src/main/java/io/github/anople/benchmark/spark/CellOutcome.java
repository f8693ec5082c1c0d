package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.CellResult;
import io.github.anople.benchmark.CellRun;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;

/** What became of a cell, on its way from an executor to the driver. */
sealed interface CellOutcome extends Serializable {

  /**
   * Takes the outcome over, on the driver.
   *
   * @param folder the cell's, for what a run leaves there
   * @return the run
   * @throws InputException if the cell's input was at fault
   * @throws IllegalStateException if the program was
   */
  CellRun toRun(Path folder);

  /**
   * It ran.
   *
   * @param result as JSON
   * @param nanos how long it computed
   * @param scores the file with the scores of the images
   */
  record Finished(String result, long nanos, byte[] scores) implements CellOutcome {

    @Override
    public CellRun toRun(Path folder) {
      AtomicFile.write(folder.resolve(TorchCells.SCORES), out -> out.write(scores));
      return new CellRun(CellResult.fromJson(result), Duration.ofNanos(nanos));
    }
  }

  /** Its input was at fault, on that host at least. */
  record Refused(String host, String where, String problem, String remedy) implements CellOutcome {

    @Override
    public CellRun toRun(Path folder) {
      throw new InputException(where + " on " + host, problem, remedy);
    }
  }

  /** The program was at fault. */
  record Broken(String host, String failure, String stack) implements CellOutcome {

    static Broken of(String host, RuntimeException failure) {
      StringWriter stack = new StringWriter();
      failure.printStackTrace(new PrintWriter(stack));
      return new Broken(host, failure.toString(), stack.toString());
    }

    @Override
    public CellRun toRun(Path folder) {
      throw new IllegalStateException(failure + " on " + host, new IllegalStateException(stack));
    }
  }
}
