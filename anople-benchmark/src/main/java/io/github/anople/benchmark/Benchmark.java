package io.github.anople.benchmark;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the cells of a grid, some at a time, and keeps what each came to in its own folder: killed
 * at any point and called again, it does only what is not finished.
 *
 * <p>Jobs are threads of one process. They share what the runner has loaded, or wait for what it
 * has others do; processes could do no more, since a killed process resumes. A cell that throws is
 * reported and the others go on; an {@link Error} ends the run, as the process may no longer be
 * sound.
 *
 * @param folder where the results go; cells lie in {@code cells/} below it
 * @param runner runs a cell
 * @param listener told of progress
 * @param jobs cells at a time, 1 to {@value #MOST_JOBS}; each that runs in this process may need as
 *     much memory as one training
 * @param elsewhere what other benchmarks have done: a run that did the same is taken over
 */
public record Benchmark(
    Path folder, CellRunner runner, BenchmarkListener listener, int jobs, FinishedWork elsewhere) {

  /** The most cells at a time. */
  public static final int MOST_JOBS = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);

  /**
   * A benchmark by itself.
   *
   * @param folder where the results go
   * @param runner runs a cell
   * @param listener told of progress
   * @param jobs cells at a time
   * @throws InputException if less than one job is asked for, or absurdly many
   */
  public Benchmark(Path folder, CellRunner runner, BenchmarkListener listener, int jobs) {
    this(folder, runner, listener, jobs, new FinishedWork());
  }

  /**
   * Checks the values.
   *
   * @throws InputException if less than one job is asked for, or absurdly many
   */
  public Benchmark {
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new InputException("jobs", jobs + " is out of range", "use 1, or a few");
    }
  }

  /**
   * Runs what is not finished, then writes {@code results.csv}, {@code tables.md} and {@code
   * tables.tex}.
   *
   * @param grid what to run
   * @return what there is of results, and how many runs failed
   * @throws InputException if a data set or a variant's settings are at fault, another benchmark
   *     uses the folder, or it cannot be written
   * @throws InterruptedException if the thread is interrupted; what is finished stays
   */
  public Outcome run(Grid grid) throws InterruptedException {
    List<Cell> cells = grid.cells();
    try (Lock lock = Lock.of(folder)) {
      Map<Cell, CellResult> finished = new LinkedHashMap<>();
      Queue<Run> open = new ArrayDeque<>();
      Map<Cell, String> encoders = new LinkedHashMap<>();
      Fingerprints fingerprints = new Fingerprints();
      for (Cell cell : cells) {
        CellFiles files = files(cell, fingerprints);
        encoders.put(cell, runner.encoder(cell));
        Optional<CellResult> result =
            files.finished().or(() -> elsewhere.of(files.key()).flatMap(files::adopt));
        result.ifPresentOrElse(
            there -> finished.put(cell, there), () -> open.add(new Run(cell, files)));
      }
      tellOutdated(open);
      listener.started(cells.size(), finished.size());
      int failed = runAll(open, cells.size(), finished);
      Results results = new Results(grid, cells, inOrder(cells, finished), encoders);
      new ResultFiles(lock.folder()).write(results);
      return new Outcome(results, failed);
    }
  }

  private CellFiles files(Cell cell, Fingerprints fingerprints) {
    return new CellFiles(
        folder.resolve("cells").resolve(cell.folder()),
        cell,
        runner.configuration(cell),
        fingerprints.of(cell));
  }

  /**
   * What would be run, and is done nowhere.
   *
   * @param grid what to run
   * @return runs by what they do, whatever they are called: what is there twice is done once
   * @throws InputException if a data set or a variant's settings are at fault
   */
  public Map<String, Cell> open(Grid grid) {
    Fingerprints fingerprints = new Fingerprints();
    Map<String, Cell> open = new LinkedHashMap<>();
    for (Cell cell : grid.cells()) {
      CellFiles files = files(cell, fingerprints);
      if (files.finished().isEmpty() && elsewhere.of(files.key()).isEmpty()) {
        open.putIfAbsent(files.key(), cell);
      }
    }
    return open;
  }

  private static void tellOutdated(Collection<Run> open) {
    List<Cell> outdated =
        open.stream().filter(run -> run.files().outdated()).map(Run::cell).toList();
    if (!outdated.isEmpty()) {
      LOG.warn(
          "{} finished {} again, because files of the data have changed or their earlier state"
              + " is unknown ({})",
          outdated.size(),
          outdated.size() == 1 ? "run is done" : "runs are done",
          outdated.get(0));
    }
  }

  /**
   * What a benchmark came to.
   *
   * @param results of all finished runs, those of earlier calls too
   * @param failed runs that failed in this call
   */
  public record Outcome(Results results, int failed) {}

  private record Run(Cell cell, CellFiles files) {}

  private record Done(Run run, CellResult result, RuntimeException fault, Duration took) {}

  private int runAll(Queue<Run> open, int cells, Map<Cell, CellResult> finished)
      throws InterruptedException {
    int before = finished.size();
    int total = open.size();
    int failed = 0;
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    AtomicBoolean ended = new AtomicBoolean();
    try {
      ExecutorCompletionService<Done> running = new ExecutorCompletionService<>(threads);
      List<Future<Done>> submitted = new ArrayList<>();
      open.forEach(run -> submitted.add(running.submit(() -> unless(ended, run))));
      for (int done = 1; done <= total; done++) {
        Done one = value(running.take());
        BenchmarkListener.Progress progress =
            new BenchmarkListener.Progress(
                before + done, cells, one.took(), left(start, done, total));
        if (one.fault() == null) {
          finished.put(one.run().cell(), one.result());
          elsewhere.add(one.run().files().key(), one.run().files().folder());
          listener.finished(progress, one.run().cell(), one.result());
        } else {
          failed++;
          listener.failed(progress, one.run().cell(), one.fault());
        }
      }
      return failed;
    } catch (Error e) {
      // The folder's lock is given back only when nobody writes there any more.
      threads.shutdownNow();
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  /** An error ends the benchmark: the thread that met it must not begin another run. */
  private Done unless(AtomicBoolean ended, Run run) throws InterruptedException {
    if (ended.get()) {
      throw new InterruptedException();
    }
    try {
      return run(run);
    } catch (Error e) {
      ended.set(true);
      throw e;
    }
  }

  private static Optional<Duration> left(long start, int done, int total) {
    double each = (System.nanoTime() - start) / (double) done;
    return done == total
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) (each * (total - done))));
  }

  private Done run(Run run) throws InterruptedException {
    long start = System.nanoTime();
    try {
      CellRun over = runner.run(run.cell(), run.files().start());
      run.files().finish(over.result(), over.took().toMillis() / 1000.0);
      return new Done(run, over.result(), null, over.took());
    } catch (RuntimeException e) {
      if (!(e instanceof InputException)) {
        LOG.warn("{} failed", run.cell(), e);
      }
      return new Done(run, null, e, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static Done value(Future<Done> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Map<Cell, CellResult> inOrder(List<Cell> cells, Map<Cell, CellResult> finished) {
    Map<Cell, CellResult> ordered = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (finished.containsKey(cell)) {
        ordered.put(cell, finished.get(cell));
      }
    }
    return ordered;
  }

  /** Keeps a second benchmark out of the folder; the system frees it when the process ends. */
  private record Lock(Path folder, FileChannel channel, FileLock lock) implements AutoCloseable {

    static Lock of(Path folder) {
      Path file = folder.resolve(".lock");
      try {
        Files.createDirectories(folder);
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
          channel.close();
          throw new InputException(
              folder, "is in use by another benchmark", "wait for it, or name another folder");
        }
        return new Lock(folder, channel, lock);
      } catch (IOException e) {
        throw new InputException(
            folder, "cannot be used (" + e + ")", "name another output folder", e);
      }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
      try {
        return channel.tryLock();
      } catch (OverlappingFileLockException e) {
        return null; // It is this process that holds it.
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new InputException(folder, "cannot be released (" + e + ")", "check the disk", e);
      }
    }
  }
}
