package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Decodes pictures ahead of whoever scores them, and hands them over in their order. It holds a few
 * small pictures or one large one, however many files there are. For one thread.
 */
final class ReadAhead {

  private static final long BYTES_PER_PIXEL = 3;

  private final Iterator<Path> files;
  private final Function<Path, RgbImage> reader;
  private final ExecutorService readers;
  private final int most;
  private final long budget;
  private final Deque<Future<Read>> pending = new ArrayDeque<>();

  /** The largest picture so far, in bytes: what to expect of those that are not read yet. */
  private long largest;

  /** A file and its picture, or why there is none. */
  record Read(Path file, Optional<RgbImage> image, Optional<InputException> fault) {}

  /**
   * A queue.
   *
   * @param most pictures held at most
   * @param budget bytes of pixels held at most, as far as can be told before they are read
   */
  ReadAhead(
      Iterator<Path> files,
      Function<Path, RgbImage> reader,
      ExecutorService readers,
      int most,
      long budget) {
    this.files = files;
    this.reader = reader;
    this.readers = readers;
    this.most = most;
    this.budget = budget;
  }

  /** The next pictures: as many as may be held at a time, none after the last. */
  List<Read> next() throws InterruptedException {
    List<Read> batch = new ArrayList<>();
    fill();
    while (!pending.isEmpty() && batch.size() < limit()) {
      Read read = Waiting.get(pending.remove());
      read.image().ifPresent(image -> largest = Math.max(largest, bytes(image)));
      batch.add(read);
      // Nothing is gained by waiting for pictures that come slowly: score what is there.
      if (!pending.isEmpty() && !pending.element().isDone() && batch.size() * 2 >= limit()) {
        break;
      }
      if (pending.isEmpty()) {
        fill();
      }
    }
    fill();
    return batch;
  }

  private void fill() {
    while (pending.size() < limit() && files.hasNext()) {
      Path file = files.next();
      pending.add(readers.submit(() -> read(file)));
    }
  }

  private int limit() {
    // Of the first pictures nothing is known: one at a time.
    return largest == 0 ? 1 : (int) Math.max(1, Math.min(most, budget / largest));
  }

  private Read read(Path file) {
    try {
      return new Read(file, Optional.of(reader.apply(file)), Optional.empty());
    } catch (InputException e) {
      return new Read(file, Optional.empty(), Optional.of(e));
    }
  }

  private static long bytes(RgbImage image) {
    return BYTES_PER_PIXEL * image.width() * image.height();
  }
}
