package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellRun;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.core.InputException;
import io.github.anople.core.TemporaryFolder;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;

/**
 * A cell on its way to an executor.
 *
 * @param cell what is run
 * @param settings what the executor's runner is made of
 * @param configuration of the driver's runner, which the executor's must have too
 * @param files what {@link Cell#files} is on the driver
 */
record CellTask(SentCell cell, SentSettings settings, String configuration, String files)
    implements Serializable {

  /**
   * Runs the cell, on an executor. What is at fault in it is an outcome; an {@link Error} is not,
   * and Spark tries the cell again elsewhere.
   *
   * @throws InterruptedException if Spark ends the task
   */
  CellOutcome run() throws InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.create("anople-cell")) {
      Cell own = cell.toCell();
      checkRoot(own.data().root());
      TorchCells cells = ExecutorCells.get(settings);
      Configurations.check(configuration, cells.configuration(own));
      checkFiles(own);
      CellRun run = cells.run(own, folder.path());
      byte[] scores = Files.readAllBytes(folder.path().resolve(TorchCells.SCORES));
      return new CellOutcome.Finished(run.result().toJson(), run.took().toNanos(), scores);
    } catch (InputException e) {
      return new CellOutcome.Refused(host(), e.where(), e.problem(), e.remedy());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      return CellOutcome.Broken.of(host(), e);
    }
  }

  private static void checkRoot(Path root) {
    if (!Files.exists(root)) {
      throw new InputException(
          root,
          "is not there, and the driver has it",
          "put the data set at the same place on all workers, or on a disk that they share");
    }
  }

  private void checkFiles(Cell own) {
    if (!own.files().equals(files)) {
      throw new InputException(
          own.data().root(),
          "holds other files of %s than the driver's"
              .formatted(String.join(", ", cell.categories())),
          "copy the data set anew");
    }
  }

  private static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }
}
