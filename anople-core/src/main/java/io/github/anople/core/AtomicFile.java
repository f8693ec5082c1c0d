package io.github.anople.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file that appears when it is whole: to a temporary file in the same folder, flushed to
 * the disk, then renamed. Whoever is killed in between leaves the old file (or none) in place.
 */
public final class AtomicFile {

  private static final int BUFFER_BYTES = 1 << 16;

  private AtomicFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes the content.
     *
     * @param out buffered; need not be closed or flushed
     * @throws IOException if writing fails
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces one. Its permissions are those of a new file.
   *
   * @param target the file; its folder exists
   * @param content what goes into it
   * @throws InputException if the folder is missing or may not be written, the target is something
   *     other than a regular file, or writing fails (a full disk). The temporary file is then
   *     removed, as it is for anything that {@code content} throws itself
   */
  public static void write(Path target, Content content) {
    Path folder = checkedFolder(target);
    // Not Files.createTempFile: its files can be read by their owner only, and renaming keeps that.
    Path temporary = folder.resolve(".anople-" + UUID.randomUUID() + ".tmp");
    try {
      writeAndSync(temporary, content);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException(
          target,
          "cannot be written (" + e + ")",
          "check the free space and that you may write to the folder",
          e);
    } finally {
      // Gone after a successful rename.
      deleteQuietly(temporary);
    }
    syncFolder(folder);
  }

  /**
   * Refuses a target that could not be written, before the work that it is to hold is done.
   *
   * @param target the file to write later
   * @throws InputException if its folder is missing or may not be written, or it is something other
   *     than a regular file
   */
  public static void requireWritable(Path target) {
    Path folder = checkedFolder(target);
    if (!Files.isWritable(folder)) {
      throw new InputException(
          target, "the folder " + folder + " may not be written", "name another folder");
    }
  }

  private static Path checkedFolder(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new InputException(target, "is a folder", "name a file inside it");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      // A rename would replace the device itself.
      throw new InputException(target, "is not a regular file", "name another file");
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          target, "the folder " + folder + " does not exist", "create it or name another");
    }
    return folder;
  }

  private static void writeAndSync(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The caller already has the failure that matters; a left-over is recognisable by its name.
    }
  }

  /** The rename itself reaches the disk with its folder; systems that cannot do it need not. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not open folders; the file itself is already safe.
    }
  }
}
