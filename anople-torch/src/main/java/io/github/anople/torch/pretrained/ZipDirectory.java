package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.BinaryFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the entries of a zip archive lie in the file. {@link java.util.zip.ZipFile} does not tell,
 * and tensors are to be mapped in place.
 *
 * <p>After PKWARE's APPNOTE 6.3.10, sections 4.3 to 4.5, the part {@code torch.save} writes: one
 * disk, entries neither compressed nor encrypted, zip64 where needed. The central directory is
 * believed only where the local headers agree, entries may not overlap, and nothing is ever
 * inflated, so an archive cannot grow in memory. Checksums are not looked at: torch can be told to
 * write none.
 */
final class ZipDirectory {

  /**
   * An entry's bytes in the file.
   *
   * @param size as they lie there, compressed or not
   * @param method 0 for stored as they are
   */
  record Entry(String name, long headerBegin, long begin, long size, int method) {
    long end() {
      return begin + size;
    }
  }

  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_SIZES_FOLLOW = 1 << 3;
  private static final int FLAG_HEADERS_MASKED = 1 << 13;
  private static final int ZIP64_EXTRA = 1;
  private static final long IN_ZIP64 = 0xffffffffL;

  /** A checkpoint has some thousand entries of some hundred bytes. */
  private static final int MAX_DIRECTORY_BYTES = 32 << 20;

  private static final String DAMAGED = "the file is damaged or cut short: fetch it again";

  private final BinaryFile file;
  private final Map<String, Entry> entries = new HashMap<>();

  private ZipDirectory(BinaryFile file) {
    this.file = file;
  }

  /** Reads the directory of an archive and checks every entry's local header. */
  static ZipDirectory read(BinaryFile file) {
    ZipEnd end = ZipEnd.find(file);
    if (end.directorySize() > MAX_DIRECTORY_BYTES) {
      throw new InputException(
          file.path(), "its zip directory has " + end.directorySize() + " bytes", DAMAGED);
    }
    ZipDirectory directory = new ZipDirectory(file);
    directory.readEntries(end);
    directory.refuseOverlaps();
    return directory;
  }

  /** All entries, by name. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** Refuses an archive with compressed entries; apart, so that its kind can be looked at first. */
  void refuseCompressed() {
    for (Entry entry : entries.values()) {
      if (entry.method() != 0) {
        throw new InputException(
            where(entry.name()),
            "is compressed (method %d), torch.save stores uncompressed".formatted(entry.method()),
            "save the weights again with torch.save or as safetensors");
      }
    }
  }

  private void readEntries(ZipEnd end) {
    ByteBuffer bytes = file.read(end.directoryBegin(), (int) end.directorySize());
    long count = 0;
    while (bytes.hasRemaining()) {
      Entry entry = readEntry(bytes, end.directoryBegin());
      if (entries.put(entry.name(), entry) != null) {
        throw fault(entry.name(), "appears twice in the zip directory");
      }
      count++;
    }
    if (count != end.entryCount()) {
      throw new InputException(
          file.path(),
          "its zip directory states %d entries and holds %d".formatted(end.entryCount(), count),
          DAMAGED);
    }
  }

  private Entry readEntry(ByteBuffer bytes, long limit) {
    int at = bytes.position();
    if (bytes.remaining() < CENTRAL_BYTES || bytes.getInt(at) != CENTRAL_SIGNATURE) {
      throw new InputException(file.path(), "its zip directory is damaged", DAMAGED);
    }
    int flags = bytes.getShort(at + 8);
    int method = Short.toUnsignedInt(bytes.getShort(at + 10));
    int nameLength = Short.toUnsignedInt(bytes.getShort(at + 28));
    int extraLength = Short.toUnsignedInt(bytes.getShort(at + 30));
    int commentLength = Short.toUnsignedInt(bytes.getShort(at + 32));
    int total = CENTRAL_BYTES + nameLength + extraLength + commentLength;
    if (bytes.remaining() < total) {
      throw new InputException(file.path(), "its zip directory is damaged", DAMAGED);
    }
    ByteBuffer rawName = bytes.slice(at + CENTRAL_BYTES, nameLength);
    String name = decoded(rawName);
    ByteBuffer extra =
        bytes.slice(at + CENTRAL_BYTES + nameLength, extraLength).order(bytes.order());
    refuseEncrypted(name, flags);
    // The order of the fields in the zip64 block: size, stored size, offset, each only if needed.
    Zip64 zip64 = new Zip64(name, extra);
    long size = zip64.orElse(Integer.toUnsignedLong(bytes.getInt(at + 24)));
    long stored = zip64.orElse(Integer.toUnsignedLong(bytes.getInt(at + 20)));
    long header = zip64.orElse(Integer.toUnsignedLong(bytes.getInt(at + 42)));
    if (method == 0 && size != stored) {
      throw fault(name, "states %d bytes stored as %d, uncompressed".formatted(size, stored));
    }
    bytes.position(at + total);
    return located(rawName, new Entry(name, header, 0, stored, method), limit);
  }

  /** Finds an entry's data behind its local header, which must tell the same story. */
  private Entry located(ByteBuffer rawName, Entry entry, long limit) {
    String name = entry.name();
    long header = entry.headerBegin();
    long size = entry.size();
    int headBytes = LOCAL_BYTES + rawName.remaining();
    if (header < 0 || size < 0 || header > limit - headBytes) {
      throw fault(name, "lies at offset %d, outside the %d bytes of data".formatted(header, limit));
    }
    ByteBuffer local = file.read(header, headBytes);
    if (local.getInt(0) != LOCAL_SIGNATURE
        || Short.toUnsignedInt(local.getShort(26)) != rawName.remaining()
        || !local.slice(LOCAL_BYTES, rawName.remaining()).equals(rawName)) {
      throw fault(name, "has no local header of that name at offset " + header);
    }
    int flags = local.getShort(6);
    refuseEncrypted(name, flags);
    long localSize = Integer.toUnsignedLong(local.getInt(18));
    boolean elsewhere = (flags & FLAG_SIZES_FOLLOW) != 0 || localSize == IN_ZIP64;
    if ((!elsewhere && localSize != size)
        || Short.toUnsignedInt(local.getShort(8)) != entry.method()) {
      throw fault(name, "has another size or method in the zip directory than in its own header");
    }
    long begin = header + headBytes + Short.toUnsignedInt(local.getShort(28));
    if (begin > limit || size > limit - begin) {
      throw fault(
          name, "states %d bytes at offset %d of %d bytes of data".formatted(size, begin, limit));
    }
    return new Entry(name, header, begin, size, entry.method());
  }

  private void refuseEncrypted(String name, int flags) {
    if ((flags & (FLAG_ENCRYPTED | FLAG_HEADERS_MASKED)) != 0) {
      throw new InputException(
          where(name), "is encrypted", "save the weights again with torch.save or as safetensors");
    }
  }

  /** Entries that share bytes are how an archive states more than it holds. */
  private void refuseOverlaps() {
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(Entry::headerBegin));
    for (int i = 1; i < sorted.size(); i++) {
      Entry before = sorted.get(i - 1);
      if (sorted.get(i).headerBegin() < before.end()) {
        throw fault(sorted.get(i).name(), "overlaps " + InputException.quoted(before.name()));
      }
    }
  }

  private String decoded(ByteBuffer rawName) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rawName.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
          file.path(), "an entry's name in its zip directory is not UTF-8", DAMAGED, e);
    }
  }

  private InputException fault(String entry, String problem) {
    return new InputException(where(entry), problem, DAMAGED);
  }

  private String where(String entry) {
    return file.path() + ", entry " + InputException.quoted(entry);
  }

  /** The extra block that holds what does not fit into 32 bits. */
  private final class Zip64 {

    private final String name;
    private final ByteBuffer block;

    Zip64(String name, ByteBuffer extra) {
      this.name = name;
      this.block = find(extra);
    }

    /** The value itself, or the next one of the block if it says so. */
    long orElse(long value) {
      if (value != IN_ZIP64) {
        return value;
      }
      if (block.remaining() < Long.BYTES) {
        throw fault(name, "lacks its 64-bit size or offset");
      }
      return block.getLong();
    }

    private ByteBuffer find(ByteBuffer extra) {
      while (extra.remaining() >= 4) {
        int id = Short.toUnsignedInt(extra.getShort());
        int length = Short.toUnsignedInt(extra.getShort());
        if (length > extra.remaining()) {
          throw fault(name, "has a damaged extra field");
        }
        if (id == ZIP64_EXTRA) {
          return extra.slice(extra.position(), length).order(extra.order());
        }
        extra.position(extra.position() + length);
      }
      return ByteBuffer.allocate(0);
    }
  }
}
