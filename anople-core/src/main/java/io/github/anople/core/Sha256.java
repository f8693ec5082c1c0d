package io.github.anople.core;

import java.io.IOException;
import java.io.InputStream;
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
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new InputException(file, "cannot be read: " + e, "check the path", e);
    }
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
