package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small text files that people write: UTF-8, perhaps with a byte order mark. */
final class TextFiles {

  private TextFiles() {}

  /** The text without a byte order mark; a file larger than the limit is refused unread. */
  static String read(Path file, int limit) {
    ImageFiles.requireReadable(file);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(limit + 1);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read: " + e, "check the file", e);
    }
    if (bytes.length > limit) {
      throw new InputException(
          file, "is larger than " + limit + " bytes", "check that it is the right file");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(file, "is not UTF-8 text", "save it as UTF-8", e);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** How a message names a line of a file. */
  static String at(Path file, int line) {
    return file + ", line " + line;
  }
}
