package io.github.anople.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** Where a file's bytes are: on a disk, or in the heap where they came out of a jar. */
interface ByteStore extends AutoCloseable {

  /** How many bytes there are now. */
  long size() throws IOException;

  /** Reads as {@link FileChannel#read(ByteBuffer, long)} does; negative at the end. */
  int read(ByteBuffer into, long position) throws IOException;

  /** A read-only view of a range that is there; it outlives {@link #close}. */
  ByteBuffer map(long begin, long length) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * An open file.
   *
   * @param channel it
   */
  record Opened(FileChannel channel) implements ByteStore {

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public ByteBuffer map(long begin, long length) throws IOException {
      return channel.map(MapMode.READ_ONLY, begin, length);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * A file's content in the heap.
   *
   * @param content not changed any more
   */
  record Held(byte[] content) implements ByteStore {

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      int at = Math.toIntExact(position);
      int count = Math.min(into.remaining(), content.length - at);
      into.put(content, at, count);
      return count == 0 ? -1 : count;
    }

    @Override
    public ByteBuffer map(long begin, long length) {
      return ByteBuffer.wrap(content, Math.toIntExact(begin), Math.toIntExact(length))
          .slice()
          .asReadOnlyBuffer();
    }

    @Override
    public void close() {
      // the garbage collector's
    }
  }
}
