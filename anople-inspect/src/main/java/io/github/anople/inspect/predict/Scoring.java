package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Reads, scores and delivers pictures, three things at a time: while one batch is scored, the next
 * is decoded and the last one's results are written. Order and results are as if one picture came
 * after the other.
 */
public final class Scoring {

  private static final int BATCH = 8;
  private static final int MOST_READERS = 4;

  /** Three batches are held at a time, and decoding wants room too. */
  private static final int HEAP_SHARES = 10;

  private final AnomalyDetector detector;
  private final Function<Path, RgbImage> reader;

  /** Where results go: one call at a time, in order, on one thread of the run. */
  public interface Sink {

    /**
     * A picture was scored.
     *
     * @param file its file
     * @param image what was read
     * @param detection what the detector says of it
     */
    void scored(Path file, RgbImage image, Detection detection);

    /**
     * A picture could not be scored; the run goes on.
     *
     * @param file its file
     * @param fault why
     */
    void failed(Path file, InputException fault);
  }

  /**
   * A run that has not begun.
   *
   * @param detector what scores; stays its owner's
   * @param reader reads a picture, on several threads at a time
   */
  public Scoring(AnomalyDetector detector, Function<Path, RgbImage> reader) {
    this.detector = detector;
    this.reader = reader;
  }

  /**
   * Scores pictures until there is none left or goOn says no; what was scored is delivered.
   *
   * @param files the pictures, in order
   * @param goOn asked before each batch
   * @param sink where results go
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void run(Iterator<Path> files, BooleanSupplier goOn, Sink sink)
      throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService readers =
        Waiting.threads(Math.max(1, Math.min(MOST_READERS, processors / 2)), "anople-read");
    ExecutorService writer = Waiting.threads(1, "anople-write");
    long budget = Runtime.getRuntime().maxMemory() / HEAP_SHARES;
    ReadAhead ahead = new ReadAhead(files, reader, readers, BATCH, budget);
    try {
      Future<?> written = CompletableFuture.completedFuture(null);
      while (goOn.getAsBoolean()) {
        List<ReadAhead.Read> batch = ahead.next();
        if (batch.isEmpty()) {
          break;
        }
        List<Detection> detections = detect(batch);
        // One batch at most waits to be written, else a slow disk would fill the heap.
        Waiting.get(written);
        written = writer.submit(() -> deliver(batch, detections, sink));
      }
      Waiting.get(written);
    } finally {
      readers.shutdownNow();
      Waiting.finish(writer);
    }
  }

  private static void deliver(Path file, RgbImage image, Detection detection, Sink sink) {
    try {
      sink.scored(file, image, detection);
    } catch (OutOfMemoryError e) {
      sink.failed(
          file,
          new InputException(
              file,
              "there is not enough memory to draw its results",
              "give Java a larger heap (-Xmx) or leave the overlays out",
              e));
    } catch (InvalidPathException e) {
      sink.failed(file, unnameable(file, e));
    }
  }

  /**
   * A picture whose results cannot have its name: with a locale that has no umlauts, Java lists
   * their files but cannot name new ones after them.
   *
   * @param file the picture
   * @param cause what was caught
   * @return the fault of that one picture
   */
  public static InputException unnameable(Path file, InvalidPathException cause) {
    return new InputException(
        file,
        "no result can be named after it in this locale (" + cause.getReason() + ")",
        "set a UTF-8 locale (such as LC_ALL=C.UTF-8) or rename it",
        cause);
  }

  private List<Detection> detect(List<ReadAhead.Read> batch) {
    List<RgbImage> images = batch.stream().flatMap(read -> read.image().stream()).toList();
    return images.isEmpty() ? List.of() : detector.detect(images);
  }

  private static void deliver(List<ReadAhead.Read> batch, List<Detection> detections, Sink sink) {
    Iterator<Detection> next = detections.iterator();
    for (ReadAhead.Read read : batch) {
      read.image().ifPresent(image -> deliver(read.file(), image, next.next(), sink));
      read.fault().ifPresent(fault -> sink.failed(read.file(), fault));
    }
  }
}
