package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellRun;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Runs each cell as a job of one task. What an executor takes with it when it dies is begun anew by
 * Spark on another; what is at fault in a cell is not tried again.
 *
 * @param spark the application, which stays its owner's
 * @param here tells the configuration that results have to have
 * @param settings what executors make their runners of
 */
record SparkCells(JavaSparkContext spark, CellRunner here, SentSettings settings)
    implements CellRunner {

  /** Runs a task, on an executor. */
  record Running() implements Function<CellTask, CellOutcome> {

    @Override
    public CellOutcome call(CellTask task) throws InterruptedException {
      return task.run();
    }
  }

  @Override
  public String configuration(Cell cell) {
    return here.configuration(cell);
  }

  @Override
  public String encoder(Cell cell) {
    return here.encoder(cell);
  }

  @Override
  public Optional<Duration> expected(Cell cell) throws InterruptedException {
    return here.expected(cell);
  }

  @Override
  public CellRun run(Cell cell, Path folder) throws InterruptedException {
    CellTask task =
        new CellTask(SentCell.of(cell), settings, here.configuration(cell), cell.files());
    return outcome(task, cell).toRun(folder);
  }

  /**
   * The group's name stands in Spark's pages; its tasks are interrupted when they are cancelled.
   */
  private CellOutcome outcome(CellTask task, Cell cell) throws InterruptedException {
    spark.setJobGroup(cell.folder(), cell.toString(), true);
    JavaFutureAction<List<CellOutcome>> job = submit(task);
    try {
      return job.get().get(0);
    } catch (ExecutionException e) {
      throw new InputException(
          "Spark",
          "gave the run up (" + Lines.first(e.getCause()) + ")",
          "the logs of its executors tell why",
          e);
    } finally {
      // Does nothing to a job that is over.
      job.cancel(true);
    }
  }

  private JavaFutureAction<List<CellOutcome>> submit(CellTask task) {
    try {
      return spark.parallelize(List.of(task), 1).map(new Running()).collectAsync();
    } catch (IllegalStateException e) { // The application was ended from elsewhere.
      throw new InputException(
          "Spark",
          "has ended (" + Lines.first(e) + ")",
          "check the master, and begin again: what is finished stays",
          e);
    }
  }
}
