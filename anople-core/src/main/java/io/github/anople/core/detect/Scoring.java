package io.github.anople.core.detect;

import io.github.anople.core.InputException;
import io.github.anople.core.image.RgbImage;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Reads, scores and delivers images, three things at a time: while one batch is scored, the next is
 * read and prepared and the last one's results are delivered. Order and results are as if one image
 * came after the other. Every run over many images goes this way: predictions, tests, calibration.
 *
 * @param <T> where an image is from, usually a file
 */
public final class Scoring<T> {

  private static final int BATCH = 8;
  private static final int MOST_READERS = 4;

  /** Three batches are held at a time, and decoding wants room too. */
  private static final int HEAP_SHARES = 10;

  private final AnomalyDetector detector;
  private final Function<T, RgbImage> reader;
  private final boolean keepsImages;

  /**
   * Where results go: one call at a time, in order, on one thread of the run.
   *
   * @param <T> where an image is from
   */
  public interface Sink<T> {

    /**
     * An image was scored.
     *
     * @param source where it is from
     * @param image what was read, where the run keeps it
     * @param detection what the detector says of it
     */
    void scored(T source, Optional<RgbImage> image, Detection detection);

    /**
     * An image could not be read; the run continues.
     *
     * @param source where it is from
     * @param fault why
     */
    void failed(T source, InputException fault);
  }

  private Scoring(AnomalyDetector detector, Function<T, RgbImage> reader, boolean keepsImages) {
    this.detector = detector;
    this.reader = reader;
    this.keepsImages = keepsImages;
  }

  /**
   * A run that has not begun, whose sink needs detections alone. Of each image only what the
   * detector looks at is kept, so memory stays small with the largest cameras.
   *
   * @param <T> where an image is from
   * @param detector what scores; stays its owner's
   * @param reader reads an image, on several threads at a time
   * @return a run
   */
  public static <T> Scoring<T> of(AnomalyDetector detector, Function<T, RgbImage> reader) {
    return new Scoring<>(detector, reader, false);
  }

  /**
   * The same, but the sink gets each image as it was read, too.
   *
   * @return a run
   */
  public Scoring<T> keepingImages() {
    return new Scoring<>(detector, reader, true);
  }

  /**
   * Scores images until there are none left or goOn says no; what was scored is delivered.
   *
   * @param sources the images, in order
   * @param goOn asked before each batch
   * @param sink where results go
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void run(Iterator<? extends T> sources, BooleanSupplier goOn, Sink<? super T> sink)
      throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, Math.min(MOST_READERS, processors / 2));
    ExecutorService readers = Waiting.threads(threads, "anople-read");
    ExecutorService writer = Waiting.threads(1, "anople-write");
    ReadAhead<T> ahead =
        new ReadAhead<>(
            sources,
            this::read,
            readers,
            new ReadAhead.Limits(
                BATCH, Runtime.getRuntime().maxMemory() / HEAP_SHARES, threads + 1));
    try {
      Future<?> written = CompletableFuture.completedFuture(null);
      while (goOn.getAsBoolean()) {
        List<ReadAhead.Read<T>> batch = ahead.next();
        if (batch.isEmpty()) {
          break;
        }
        List<Detection> detections = detect(batch);
        // One batch at most waits to be delivered, else a slow disk would fill the heap.
        Waiting.get(written);
        written = writer.submit(() -> deliver(batch, detections, sink));
      }
      Waiting.get(written);
    } finally {
      readers.shutdownNow();
      Waiting.finish(writer);
    }
  }

  private ReadAhead.Read<T> read(T source) {
    RgbImage image = reader.apply(source);
    return ReadAhead.Read.of(
        source,
        detector.prepare(image),
        keepsImages ? Optional.of(image) : Optional.empty(),
        image.bytes());
  }

  private List<Detection> detect(List<ReadAhead.Read<T>> batch) {
    List<PreparedImage> images = batch.stream().flatMap(read -> read.prepared().stream()).toList();
    return images.isEmpty() ? List.of() : detector.detectPrepared(images);
  }

  private static <T> void deliver(
      List<ReadAhead.Read<T>> batch, List<Detection> detections, Sink<? super T> sink) {
    Iterator<Detection> next = detections.iterator();
    for (ReadAhead.Read<T> read : batch) {
      if (read.fault().isPresent()) {
        sink.failed(read.source(), read.fault().get());
      } else {
        sink.scored(read.source(), read.image(), next.next());
      }
    }
  }
}
