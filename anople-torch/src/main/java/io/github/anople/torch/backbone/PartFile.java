package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What has arrived of a file: {@code NAME.part}, and beside it {@code NAME.part.origin}, which says
 * of which version of the file, so that a later run never joins two.
 */
final class PartFile {

  private static final int MAX_ORIGIN_BYTES = 4096;

  private final Path target;
  private final Path part;
  private final Path originFile;

  PartFile(Path target) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.originFile = target.resolveSibling(target.getFileName() + ".part.origin");
  }

  /** Which version of a file: its validator (an ETag or a date, maybe empty) and size, or -1. */
  record Origin(String validator, long total) {

    static final Origin UNKNOWN = new Origin("", -1);

    boolean isKnown() {
      return !validator.isEmpty() || total >= 0;
    }
  }

  long size() throws IOException {
    return Files.isRegularFile(part) ? Files.size(part) : 0;
  }

  /** What was remembered; unknown if that is missing or damaged. */
  Origin origin() throws IOException {
    if (!Files.isRegularFile(originFile) || Files.size(originFile) > MAX_ORIGIN_BYTES) {
      return Origin.UNKNOWN;
    }
    try {
      List<String> lines = Files.readAllLines(originFile, StandardCharsets.ISO_8859_1);
      return lines.size() == 2
          ? new Origin(lines.get(0), Long.parseLong(lines.get(1)))
          : Origin.UNKNOWN;
    } catch (NumberFormatException e) {
      return Origin.UNKNOWN;
    }
  }

  /** Starts anew, with a file of this version. */
  void restart(Origin origin) throws IOException {
    delete();
    Files.writeString(
        originFile, origin.validator() + "\n" + origin.total() + "\n", StandardCharsets.ISO_8859_1);
  }

  void delete() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(originFile);
  }

  FileChannel append() throws IOException {
    return FileChannel.open(
        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  void write(FileChannel out, byte[] bytes, int count) {
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
    try {
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    } catch (IOException e) {
      // A full disk, and not the network: trying again would not help.
      throw new InputException(
          part,
          "cannot be written (" + e.getMessage() + ")",
          "free some space and try again: the download continues from there",
          e);
    }
  }

  /** Bytes that can still be written to the disk. */
  long usableSpace() throws IOException {
    return Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
  }

  String sha256() throws IOException {
    return sha256(part);
  }

  /** A file's SHA-256 in lower-case hexadecimal. */
  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }

  /** Takes the target's place, safely on disk. */
  void complete() throws IOException {
    try (FileChannel channel = append()) {
      channel.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(originFile);
  }
}
