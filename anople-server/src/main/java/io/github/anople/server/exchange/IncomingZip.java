package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The entries of a ZIP that comes in, one after the other. Their names are never used as paths. */
final class IncomingZip implements AutoCloseable {

  private static final String WHERE = "product file";
  private static final String REMEDY = "export the product again, and send the file as it is";

  /** What is unpacked may be so much, and so many times what came: more is a bomb. */
  private static final long ALWAYS = 64 << 20;

  private static final long TIMES = 100;

  private final Counted packed;
  private final ZipInputStream zip;
  private final Set<String> seen = new HashSet<>();
  private long unpacked;

  IncomingZip(InputStream in) {
    packed = new Counted(in);
    zip = new ZipInputStream(packed, StandardCharsets.UTF_8);
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {

    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
      int read = super.read(into, start, length);
      bytes += Math.max(0, read);
      return read;
    }
  }

  /** A fault of the file. */
  static InputException fault(String problem) {
    return new InputException(WHERE, problem, REMEDY);
  }

  private static InputException damaged(Exception cause) {
    return new InputException(WHERE, "is no whole ZIP (" + cause.getMessage() + ")", REMEDY, cause);
  }

  /**
   * The name of the next entry.
   *
   * @return empty after the last
   * @throws InputException if the ZIP is damaged, or names an entry twice
   */
  Optional<String> next() {
    try {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        return Optional.empty();
      }
      if (!seen.add(entry.getName())) {
        throw fault("has the entry " + InputException.quoted(entry.getName()) + " twice");
      }
      return Optional.of(entry.getName());
    } catch (IOException | IllegalArgumentException e) {
      // The latter for a name that is no UTF-8.
      throw damaged(e);
    }
  }

  /**
   * What the present entry holds.
   *
   * @return a stream that tells faults of the ZIP as such; need not be closed
   */
  InputStream content() {
    return new Content();
  }

  private final class Content extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      try {
        int read = zip.read(bytes, start, length);
        unpacked += Math.max(0, read);
        if (unpacked > ALWAYS + TIMES * packed.bytes) {
          throw fault("unpacks to more than " + TIMES + " times its size");
        }
        return read;
      } catch (ZipException | EOFException e) {
        throw damaged(e);
      }
    }
  }

  /**
   * The text of the present entry.
   *
   * @param most its largest size in bytes
   * @throws InputException if it is larger, or the ZIP is damaged
   */
  String text(int most) {
    try {
      byte[] bytes = content().readNBytes(most + 1);
      if (bytes.length > most) {
        throw fault("has a first entry of more than " + most + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      return; // Whatever was wanted of it has been read.
    }
  }
}
