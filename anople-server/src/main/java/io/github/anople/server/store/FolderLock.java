package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second server from a data folder. The system takes it off whatever ends the process. */
public final class FolderLock implements AutoCloseable {

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @param data the folder
   * @return to be closed when nothing is written there any more
   * @throws InputException if another server has it
   */
  public static FolderLock take(DataFolder data) {
    Path file = data.root().resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw new InputException(
            data.root(),
            "is the data folder of another server that runs",
            "stop that one, or give another folder by --data");
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new InputException(
          data.root(), "cannot be locked (" + e + ")", "name a folder on a local disk", e);
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      // By a server of this process.
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
