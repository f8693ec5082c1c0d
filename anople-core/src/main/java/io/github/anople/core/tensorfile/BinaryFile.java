package io.github.anople.core.tensorfile;

import io.github.anople.core.InputException;
import io.github.anople.core.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of little-endian numbers, read at any offset or mapped into memory.
 *
 * <p>Every fault of the file (absent, a folder, shorter than asked, unreadable) is an {@link
 * InputException} that names it. The file stays the one that was opened, even if another takes its
 * name. Safe to share between threads; an interrupt during a read closes it, as {@link FileChannel}
 * does.
 */
public final class BinaryFile implements AutoCloseable {

  private static final int CHUNK_ELEMENTS = 1 << 16;

  private final Path path;
  private final ByteStore store;
  private final long size;

  private BinaryFile(Path path, ByteStore store, long size) {
    this.path = path;
    this.store = store;
    this.size = size;
  }

  /**
   * Opens a file for reading.
   *
   * @param path the file
   * @return the open file, which the caller closes
   * @throws InputException if it is absent, not a regular file, may not be read, or is a {@link
   *     StandIn}
   */
  public static BinaryFile open(Path path) {
    // Asked first because opening a pipe would wait for its writer.
    StandIn.refuseDangling(path);
    if (!Files.exists(path)) {
      throw new InputException(path, "no such file", "check the path");
    }
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          path, "is not a regular file (a folder or a device)", "name a file inside it");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      BinaryFile file = new BinaryFile(path, new ByteStore.Opened(channel), channel.size());
      file.refuseStandIn();
      return file;
    } catch (InputException e) {
      closeQuietly(channel, e);
      throw e;
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new InputException(
          path, "cannot be opened (" + e.getMessage() + ")", "check that you may read it", e);
    }
  }

  /** A file that is in the heap already, under the name by which messages tell of it. */
  static BinaryFile of(Path name, byte[] content) {
    return new BinaryFile(name, new ByteStore.Held(content), content.length);
  }

  private void refuseStandIn() {
    ByteBuffer start = read(0, (int) Math.min(size, StandIn.START));
    byte[] bytes = new byte[start.remaining()];
    start.get(bytes);
    StandIn.refuse(path, bytes);
  }

  private static void closeQuietly(FileChannel channel, Exception reason) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /**
   * The file's path as it was given.
   *
   * @return the path
   */
  public Path path() {
    return path;
  }

  /**
   * The file's size when it was opened.
   *
   * @return bytes
   */
  public long size() {
    return size;
  }

  /**
   * Maps a range of the file, without copying it to the heap. The mapping outlives {@link #close}
   * and ends when the buffer is garbage; until then the file must not be shortened.
   *
   * @param begin the offset of the first byte
   * @param length the number of bytes, at most {@link Integer#MAX_VALUE}
   * @return a read-only, little-endian buffer over exactly the range
   * @throws InputException if the range is not in the file or too long for one mapping
   */
  public ByteBuffer map(long begin, long length) {
    checkRange(begin, length);
    if (length > Integer.MAX_VALUE) {
      throw new InputException(
          path,
          "%d bytes at offset %d are more than one mapping can hold (%d)"
              .formatted(length, begin, Integer.MAX_VALUE),
          "use a smaller backbone, or one in half precision");
    }
    try {
      // Touching a mapping behind the end of a file kills the process: look again just before.
      if (store.size() < begin + length) {
        throw shortened();
      }
      return store.map(begin, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads bytes to the heap.
   *
   * @param begin the offset of the first byte
   * @param length the number of bytes
   * @return a little-endian buffer of exactly that many bytes
   * @throws InputException if the range is not in the file, or reading fails
   */
  public ByteBuffer read(long begin, int length) {
    checkRange(begin, length);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readFully(begin, bytes);
    return bytes;
  }

  /**
   * Reads consecutive floating-point elements: F16 and BF16 are widened exactly, F64 is rounded to
   * nearest.
   *
   * @param dtype F16, BF16, F32 or F64
   * @param begin the offset of the first byte
   * @param count the number of elements
   * @return {@code count} floats
   * @throws InputException if the range is not in the file, reading fails, or the Java heap cannot
   *     hold the result
   */
  public float[] floats(DType dtype, long begin, int count) {
    checkRange(begin, (long) count * dtype.byteSize());
    float[] values;
    try {
      values = new float[count];
    } catch (OutOfMemoryError e) {
      throw tooLarge(count, Float.BYTES, e);
    }
    inChunks(dtype, begin, count, (bytes, at, index) -> values[index] = dtype.floatAt(bytes, at));
    return values;
  }

  /**
   * Reads consecutive integer elements, or truth values as 0 and 1.
   *
   * @param dtype an integer type or BOOL
   * @param begin the offset of the first byte
   * @param count the number of elements
   * @return {@code count} longs; U64 beyond {@link Long#MAX_VALUE} come out negative
   * @throws InputException if the range is not in the file, reading fails, or the Java heap cannot
   *     hold the result
   */
  public long[] longs(DType dtype, long begin, int count) {
    checkRange(begin, (long) count * dtype.byteSize());
    long[] values;
    try {
      values = new long[count];
    } catch (OutOfMemoryError e) {
      throw tooLarge(count, Long.BYTES, e);
    }
    inChunks(dtype, begin, count, (bytes, at, index) -> values[index] = dtype.longAt(bytes, at));
    return values;
  }

  /** The bytes of a range, in order, for a parser that reads a stream. Closing it does nothing. */
  InputStream stream(long begin, long length) {
    checkRange(begin, length);
    return new RangeStream(begin, begin + length);
  }

  /** Closes the file; buffers that were mapped stay valid. */
  @Override
  public void close() {
    try {
      store.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void checkRange(long begin, long length) {
    if (begin < 0 || length < 0 || begin > size || length > size - begin) {
      throw new InputException(
          path,
          "%d bytes at offset %d lie outside its %d bytes".formatted(length, begin, size),
          "the file is cut short or damaged: fetch it again");
    }
  }

  private void inChunks(DType dtype, long begin, int count, ElementSink sink) {
    int step = dtype.byteSize();
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(count, CHUNK_ELEMENTS) * step).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < count; ) {
      int now = Math.min(count - done, CHUNK_ELEMENTS);
      readFully(begin + (long) done * step, chunk.clear().limit(now * step));
      for (int i = 0; i < now; i++) {
        sink.accept(chunk, i * step, done + i);
      }
      done += now;
    }
  }

  private void readFully(long begin, ByteBuffer into) {
    try {
      while (into.hasRemaining()) {
        if (store.read(into, begin + into.position()) < 0) {
          throw shortened();
        }
      }
      into.flip();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InputException shortened() {
    return new InputException(
        path, "became shorter while it was read", "let nothing else write to it, and try again");
  }

  private InputException unreadable(IOException e) {
    return new InputException(
        path, "cannot be read (" + e + ")", "check the disk and that the file is not in use", e);
  }

  private InputException tooLarge(long count, int bytesEach, OutOfMemoryError e) {
    return new InputException(
        path,
        "%d elements need %d MB of Java heap".formatted(count, (count * bytesEach) >> 20),
        "give the process a larger heap (-Xmx)",
        e);
  }

  private interface ElementSink {
    void accept(ByteBuffer bytes, int at, int index);
  }

  private final class RangeStream extends InputStream {

    private long position;
    private final long end;

    RangeStream(long position, long end) {
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (position >= end && length > 0) {
        return -1;
      }
      int now = (int) Math.min(length, end - position);
      readFully(position, ByteBuffer.wrap(into, offset, now).slice());
      position += now;
      return now;
    }
  }
}
