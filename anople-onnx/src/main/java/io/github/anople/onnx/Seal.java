package io.github.anople.onnx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The last bytes of an exported file: a metadata entry with the SHA-256 of everything before it. A
 * file that is cut, changed or of another make is told from a whole one before ONNX Runtime reads
 * it.
 *
 * <p>It guards against accidents and careless edits; whoever can compute a hash can forge it.
 */
public final class Seal {

  /** The entry's key. */
  public static final String KEY = "anople.sha256";

  private static final int DIGITS = 64;

  /**
   * The entry up to its digits, as protobuf writes it: field 14 of the model and 81 bytes, field 1
   * and the 13 bytes of the key, field 2 and the 64 bytes of the value.
   */
  private static final String HEAD = "rQ\n\r" + KEY + "\u0012@";

  private static final int SIZE = HEAD.length() + DIGITS;

  private static final int BUFFER = 1 << 20;

  private Seal() {}

  /**
   * The hash that seals a file; fed with all that comes before the entry.
   *
   * @return a fresh SHA-256
   */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Refuses a file that is not as the export wrote it.
   *
   * @param file the file
   * @throws InputException if it is missing, no exported detector, cut short or changed
   */
  static void check(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file, "is no file", "give a file that 'anople export' wrote");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long body = channel.size() - SIZE;
      String entry = body < 0 ? "" : text(channel, body);
      if (!entry.startsWith(HEAD)) {
        throw new InputException(
            file,
            "is no exported detector, or is cut short",
            "give a whole file that 'anople export' wrote (*.onnx)");
      }
      String actual = HexFormat.of().formatHex(hash(channel, body));
      if (!entry.equals(HEAD + actual)) {
        throw new InputException(
            file,
            "was changed after it was exported (its SHA-256 is not the one it names)",
            "copy or export it again");
      }
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
  }

  private static String text(FileChannel channel, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // Until the entry is there.
    }
    return new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
  }

  private static byte[] hash(FileChannel channel, long length) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long at = 0;
    while (at < length) {
      buffer.clear().limit((int) Math.min(BUFFER, length - at));
      int count = channel.read(buffer, at);
      if (count < 0) {
        break;
      }
      digest.update(buffer.flip());
      at += count;
    }
    return digest.digest();
  }
}
