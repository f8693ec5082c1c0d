package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Waiting;
import io.github.anople.inspect.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Scores pictures as they are dropped into a folder or one below it, each once, also across
 * restarts: a journal in the folder of results remembers them.
 *
 * <p>A picture is scored when its size and time stay the same between two looks at the folder and
 * it can be decoded. One that cannot is tried again and reported when it has stayed so for {@link
 * WatchSettings#patience}. A picture that is overwritten by another of its name is a new one, with
 * a row of its own. The tables are replaced as a whole, so that a reader never sees half a row:
 * after each look that brought something, but at most a tenth of the time is spent on that.
 *
 * <p>A watch keeps some hundred bytes a picture in memory: begin a new folder of results from time
 * to time.
 */
public final class FolderWatch {

  private final AnomalyDetector detector;
  private final Plan plan;
  private final PredictionListener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * What is watched, and what becomes of it.
   *
   * @param watched the folder
   * @param detector the detector's identity, for example the hash of its bundle: scores of two
   *     detectors do not go into one table
   * @param output where results go; may lie in the watched folder
   * @param settings category and threshold; a new threshold holds for earlier pictures too
   * @param watch times
   */
  public record Plan(
      Path watched,
      String detector,
      ResultFolder output,
      PredictionSettings settings,
      WatchSettings watch) {

    public Plan {
      Objects.requireNonNull(watched, "watched");
      Objects.requireNonNull(detector, "detector");
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(settings, "settings");
      Objects.requireNonNull(watch, "watch");
    }
  }

  /**
   * A watch that has not begun.
   *
   * @param detector what scores; stays its owner's
   * @param plan what is watched
   * @param listener hears of each picture
   */
  public FolderWatch(AnomalyDetector detector, Plan plan, PredictionListener listener) {
    this.detector = detector;
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * Watches until {@link #stop} is called or the calling thread is interrupted; then what is being
   * scored is finished and the tables are written. An interrupt is kept: the thread's flag is set
   * afterwards.
   *
   * @return all that is in the tables, of earlier watches too
   * @throws InputException if the folder is missing, results cannot be written, or the folder of
   *     results is in use or another detector's
   */
  public Predictions run() {
    // Its own thread: an interrupt would close the files that it is writing.
    ExecutorService thread = Waiting.threads(1, "anople-watch");
    boolean interrupted = false;
    try {
      Future<Predictions> watch = thread.submit(this::watch);
      while (true) {
        try {
          return Waiting.get(watch);
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        }
      }
    } finally {
      thread.shutdown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends {@link #run} soon; may be called from any thread, and more than once. */
  public void stop() {
    stopped.countDown();
  }

  private Predictions watch() throws InterruptedException {
    try (WatchSession session = open(System::nanoTime)) {
      do {
        session.scan(() -> stopped.getCount() > 0);
      } while (!stopped.await(plan.watch().poll().toNanos(), TimeUnit.NANOSECONDS));
      return session.predictions();
    }
  }

  /** Begins, or takes up. */
  WatchSession open(LongSupplier nanoTime) {
    if (!Files.isDirectory(plan.watched())) {
      throw new InputException(plan.watched(), "is not a folder", "name the folder to watch");
    }
    plan.output().create();
    Path root = real(plan.watched());
    if (root.equals(real(plan.output().folder()))) {
      throw new InputException(
          plan.watched(),
          "is both watched and meant to hold the results",
          "name another folder for the results");
    }
    Path file = plan.output().folder().resolve(Journal.NAME);
    Journal journal = Journal.open(file, plan.detector(), ImageFiles.slashed(root));
    try {
      return new WatchSession(plan, root, journal, detector, listener, nanoTime);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new InputException(folder, "cannot be read (" + e + ")", "check its permissions", e);
    }
  }
}
