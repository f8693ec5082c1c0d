package io.github.anople.core.detect;

import io.github.anople.core.InputException;
import io.github.anople.core.image.RgbImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Reads images ahead of whoever scores them, and hands them over in their order. It holds a few
 * small images or one large one, however many there are. For one thread.
 *
 * @param <T> where an image is from
 */
final class ReadAhead<T> {

  private final Iterator<? extends T> sources;
  private final Function<T, Read<T>> reader;
  private final ExecutorService readers;
  private final Limits limits;
  private final Deque<FutureTask<Read<T>>> pending = new ArrayDeque<>();

  /** Those of them that nobody has begun to read. */
  private final Queue<FutureTask<Read<T>>> unread = new ConcurrentLinkedQueue<>();

  /** What the largest image so far takes, in bytes: what to expect of those still to be read. */
  private long largest;

  /**
   * How much is held.
   *
   * @param most images at most
   * @param bytes of images at most, as far as can be told before they are read
   * @param threads how many images are decoded at a time, the caller's among them
   */
  record Limits(int most, long bytes, int threads) {}

  /**
   * An image, or why there is none.
   *
   * @param prepared what the detector looks at
   * @param image what was read, where it is kept
   * @param decoded bytes that the image took when it was read
   */
  record Read<T>(
      T source,
      Optional<PreparedImage> prepared,
      Optional<RgbImage> image,
      Optional<InputException> fault,
      long decoded) {

    static <T> Read<T> of(
        T source, PreparedImage prepared, Optional<RgbImage> image, long decoded) {
      return new Read<>(source, Optional.of(prepared), image, Optional.empty(), decoded);
    }

    static <T> Read<T> failed(T source, InputException fault) {
      return new Read<>(source, Optional.empty(), Optional.empty(), Optional.of(fault), 0);
    }
  }

  ReadAhead(
      Iterator<? extends T> sources,
      Function<T, Read<T>> reader,
      ExecutorService readers,
      Limits limits) {
    this.sources = sources;
    this.reader = reader;
    this.readers = readers;
    this.limits = limits;
  }

  /** The next images: as many as may be held at a time, none after the last. */
  List<Read<T>> next() throws InterruptedException {
    List<Read<T>> batch = new ArrayList<>();
    fill();
    while (!pending.isEmpty() && batch.size() < limit()) {
      help();
      Read<T> read = Waiting.get(pending.remove());
      largest = Math.max(largest, share(read));
      batch.add(read);
      // Nothing is gained by waiting for images that come slowly: score what is there.
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
    while (pending.size() < limit() && sources.hasNext()) {
      T source = sources.next();
      FutureTask<Read<T>> task = new FutureTask<>(() -> read(source));
      pending.add(task);
      unread.add(task);
      // Not the task itself: a reader that is busy would hold on to what others have read.
      readers.execute(this::readOne);
    }
  }

  private boolean readOne() {
    FutureTask<Read<T>> task = unread.poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /**
   * Reads too instead of waiting idly for the next image: where decoding takes longer than scoring,
   * a thread more is worth it, and while images are scored it would only be in the way.
   */
  private void help() throws InterruptedException {
    while (!pending.element().isDone() && readOne()) {
      // The next one.
    }
    // An interrupt cuts reading short: it is no fault of the file's.
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private int limit() {
    // Of the first images nothing is known: one at a time.
    return largest == 0 ? 1 : (int) Math.max(1, Math.min(limits.most, limits.bytes / largest));
  }

  /** A kept image counts in full; of others there are only as many as threads that decode. */
  private long share(Read<T> read) {
    long small = read.prepared().map(PreparedImage::bytes).orElse(0L);
    return read.image().isPresent()
        ? small + read.decoded()
        : small + read.decoded() * limits.threads / limits.most;
  }

  private Read<T> read(T source) {
    try {
      return reader.apply(source);
    } catch (InputException e) {
      return Read.failed(source, e);
    }
  }
}
