package io.github.anople.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256: of files, by which a provenance names their content, and of what else is hashed. */
public final class Sha256 {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER = 1 << 16;

  private Sha256() {}

  /**
   * A file's SHA-256; the file is streamed, of any size.
   *
   * @param file the file
   * @return 64 lower-case hexadecimal digits
   * @throws InputException if it cannot be read
   */
  public static String of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read: " + e, "check the path", e);
    }
  }

  /**
   * The SHA-256 of what is left of a stream.
   *
   * @param in the stream, read to its end and not closed
   * @return 64 lower-case hexadecimal digits
   * @throws IOException if it cannot be read
   */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return hex(digest);
  }

  /**
   * The SHA-256 of the beginning of an open file.
   *
   * @param channel the file; its position stays where it is
   * @param length how many bytes; fewer where the file ends before
   * @return 64 lower-case hexadecimal digits
   * @throws IOException if it cannot be read
   */
  public static String of(FileChannel channel, long length) throws IOException {
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
    return hex(digest);
  }

  /**
   * The SHA-256 of bytes in memory.
   *
   * @param bytes the bytes
   * @return 64 lower-case hexadecimal digits
   */
  public static String of(byte[] bytes) {
    MessageDigest digest = digest();
    digest.update(bytes);
    return hex(digest);
  }

  /**
   * The end of a hash.
   *
   * @param digest of {@link #digest}, fed; reset by this
   * @return 64 lower-case hexadecimal digits
   */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Whether a text has the form of a SHA-256.
   *
   * @param text any text
   * @return whether it is 64 lower-case hexadecimal digits
   */
  public static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  /**
   * A hash to feed.
   *
   * @return a fresh SHA-256
   */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
