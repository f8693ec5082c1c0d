package io.github.anople.server.store;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Files named by their content: the same content is there once, and a name never means another
 * content. A file is there whole before anybody knows its name.
 */
@Component
public class ContentFiles {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int PREFIX = 2;
  private static final String WHERE = "data folder";

  private final DataFolder data;

  ContentFiles(DataFolder data) {
    this.data = data;
    try (Stream<Path> left = Files.list(data.incoming())) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file that is kept.
   *
   * @param sha256 its name: 64 hexadecimal digits
   * @param bytes its size
   */
  public record Content(String sha256, long bytes) {}

  /**
   * Keeps what a stream delivers.
   *
   * @param in the stream, read to its end
   * @param most the largest size that is taken, in bytes
   * @param check looks at the whole file before it is kept; what it throws leaves nothing behind
   * @return what is kept
   * @throws InputException if it is larger, or the disk is full
   */
  public Content keep(InputStream in, long most, Consumer<Path> check) {
    Path file = temporary();
    try {
      return receive(in, most, check, file);
    } catch (IOException e) {
      throw notKept(e);
    } finally {
      forget(file);
    }
  }

  /**
   * Keeps a copy of a file.
   *
   * @param file any file
   * @return what is kept
   * @throws InputException if it cannot be read, or the disk is full
   */
  public Content keep(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return keep(in, Long.MAX_VALUE, whole -> {});
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
  }

  /**
   * Keeps a new file, which is no longer at its place then.
   *
   * @param file of {@link #temporary}, whole and on the disk, as {@code AtomicFile} leaves one
   * @return what is kept
   * @throws InputException if it cannot be read, or the disk is full
   */
  public Content keepNew(Path file) {
    try {
      return placed(file, Sha256.of(file), Files.size(file));
    } catch (IOException e) {
      throw notKept(e);
    } finally {
      forget(file);
    }
  }

  /**
   * Takes files that belong together.
   *
   * @return to be closed
   */
  public Staging staging() {
    return new Staging(this);
  }

  InputException notKept(IOException fault) {
    return new InputException(
        WHERE,
        "a file cannot be kept (" + fault + ")",
        "check the free space of " + data.root(),
        fault);
  }

  /**
   * Whether the disk is at fault, and not what was to be kept.
   *
   * @param fault what was thrown where something was to be kept
   * @return whether the same may be kept another time
   */
  public static boolean isOfDisk(InputException fault) {
    return fault.where().equals(WHERE) || Outage.of(fault).isPresent();
  }

  private Content receive(InputStream in, long most, Consumer<Path> check, Path file)
      throws IOException {
    Content content = write(in, most, file);
    check.accept(file);
    return placed(file, content.sha256(), content.bytes());
  }

  /** Writes what a stream delivers, all on the disk when this returns. */
  static Content write(InputStream in, long most, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    try (DigestInputStream source = new DigestInputStream(in, digest);
        FileChannel target =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        bytes += read;
        if (bytes > most) {
          throw new InputException(
              "file",
              "is larger than " + most + " bytes",
              "send a smaller one, or raise the server's limit");
        }
        ByteBuffer left = ByteBuffer.wrap(buffer, 0, read);
        while (left.hasRemaining()) {
          target.write(left);
        }
      }
      target.force(true);
    }
    return new Content(Sha256.hex(digest), bytes);
  }

  /** Moves a whole file to its place, unless the same content is there. */
  Content placed(Path file, String name, long bytes) throws IOException {
    Path place = path(name);
    if (!Files.exists(place)) {
      Files.createDirectories(place.getParent());
      Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
      sync(place.getParent());
    }
    return new Content(name, bytes);
  }

  /** A file's name is on the disk once its folder is. Some systems cannot do that for a folder. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }

  /**
   * Removes a file of {@link #temporary}, if it is there.
   *
   * @param file the file
   */
  public static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It goes at the next start.
      return;
    }
  }

  /**
   * A new file's place, for who writes it and then keeps it by {@link #keepNew}. What never gets
   * there goes at the next start.
   *
   * @return a path that does not exist
   */
  public Path temporary() {
    return data.incoming().resolve(UUID.randomUUID().toString());
  }

  /**
   * Where a file is.
   *
   * @param sha256 its name
   * @return its path; nothing else may write there
   */
  public Path path(String sha256) {
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("no SHA-256: " + sha256);
    }
    return data.content().resolve(sha256.substring(0, PREFIX)).resolve(sha256);
  }
}
