package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF structure: a table of tags, each with whole numbers. It drives TIFF
 * files and EXIF blocks alike. Nothing is followed beyond that table, and no value is believed to
 * be larger than the bytes it lies in. (TIFF 6.0, section 2.)
 */
final class TiffDirectory {

  private static final int SUBFILE_TYPE = 254;
  private static final int SUB_DIRECTORIES = 330;

  /** Bits of the subfile's type: a smaller view of another page, a mask of one. */
  private static final int NO_PAGE = 1 | 4;

  private static final int ENTRY_BYTES = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

  /** More pages than any writer's; a chain that goes on is a loop or an attempt on the time. */
  private static final int MOST_PAGES = 10_000;

  private final ByteBuffer data;
  private final Map<Integer, Entry> entries;

  /** Where the next directory lies; 0 where there is none. */
  private final long next;

  /** A row of the table: {@code at} is where the row lies, {@code valueAt} where its values lie. */
  private record Entry(int at, int type, long count, long valueAt) {}

  private TiffDirectory(ByteBuffer data, Map<Integer, Entry> entries, long next) {
    this.data = data;
    this.entries = entries;
    this.next = next;
  }

  static TiffDirectory parse(ByteBuffer structure) throws ImageException {
    ByteBuffer data = structure.slice();
    if (data.remaining() < 8) {
      throw ImageException.truncated("the TIFF header is cut short");
    }
    data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (data.get(0) != data.get(1) || (data.get(0) != 'I' && data.get(0) != 'M')) {
      throw ImageException.damaged("the TIFF byte order is neither II nor MM");
    }
    int version = data.getShort(2);
    if (version != 42) {
      throw ImageException.unsupported(
          version == 43 ? "it is a BigTIFF" : "TIFF version " + version + " is unknown");
    }
    long start = data.getInt(4) & 0xffff_ffffL;
    if (start < 8 || start + 2 > data.limit()) {
      throw ImageException.truncated(
          "its directory is said to begin at byte " + start + " of " + data.limit());
    }
    return at(data, start);
  }

  private static TiffDirectory at(ByteBuffer data, long start) throws ImageException {
    Map<Integer, Entry> entries = table(data, (int) start);
    int end = (int) start + 2 + (data.getShort((int) start) & 0xffff) * ENTRY_BYTES;
    // Writers of EXIF may leave the last field out.
    long next = end + 4 <= data.limit() ? data.getInt(end) & 0xffff_ffffL : 0;
    return new TiffDirectory(data, entries, next);
  }

  /**
   * How many pages follow, without smaller views and masks of others. The chain ends where it
   * leaves the file or comes back to itself: it is no part of this page, so nobody is at fault.
   */
  int furtherPages() {
    int pages = 0;
    Set<Long> seen = new HashSet<>();
    long at = next;
    while (at >= 8 && at + 2 <= data.limit() && seen.size() < MOST_PAGES && seen.add(at)) {
      int count = data.getShort((int) at) & 0xffff;
      long end = at + 2 + (long) count * ENTRY_BYTES;
      if (end + 4 > data.limit()) {
        break;
      }
      pages += isPage((int) at + 2, count) ? 1 : 0;
      at = data.getInt((int) end) & 0xffff_ffffL;
    }
    return pages;
  }

  /** Rows are sorted, and the tag that tells has the lowest number. */
  private boolean isPage(int firstRow, int count) {
    return count == 0
        || data.getShort(firstRow) != SUBFILE_TYPE
        || (data.getInt(firstRow + 8) & NO_PAGE) == 0;
  }

  /** Whether this is a page of its own, and no smaller view or mask of one that follows. */
  boolean isPage() {
    Entry type = entries.get(SUBFILE_TYPE);
    return type == null
        || type.type != LONG
        || (data.getInt((int) type.valueAt) & NO_PAGE) == 0
        || (next == 0 && !has(SUB_DIRECTORIES));
  }

  private static Map<Integer, Entry> table(ByteBuffer data, int start) throws ImageException {
    int count = data.getShort(start) & 0xffff;
    if (start + 2L + (long) count * ENTRY_BYTES > data.limit()) {
      throw ImageException.truncated(
          "its directory of " + count + " tags reaches past the end of the file");
    }
    Map<Integer, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int at = start + 2 + i * ENTRY_BYTES;
      int type = data.getShort(at + 2) & 0xffff;
      long values = data.getInt(at + 4) & 0xffff_ffffL;
      long bytes = values * (type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0);
      long valueAt = bytes <= 4 ? at + 8 : data.getInt(at + 8) & 0xffff_ffffL;
      // A tag that reaches past the end is kept out; whoever needs it will miss it by name.
      if (bytes > 0 && valueAt + bytes <= data.limit()) {
        entries.putIfAbsent(data.getShort(at) & 0xffff, new Entry(at, type, values, valueAt));
      }
    }
    return entries;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** A tag's first value, or {@code absent} where the tag is missing. */
  long valueOr(int tag, long absent) throws ImageException {
    return has(tag) ? value(tag, 0) : absent;
  }

  /** Whether a tag is there and has whole numbers. */
  boolean isWhole(int tag) {
    return has(tag) && (entries.get(tag).type == SHORT || entries.get(tag).type == LONG);
  }

  /** How many values a tag has; 0 where the tag is missing. */
  long count(int tag) {
    return has(tag) ? entries.get(tag).count : 0;
  }

  /** One of a tag's values, which must be there. */
  long value(int tag, int index) throws ImageException {
    Entry entry = entries.get(tag);
    if (entry == null || index >= entry.count) {
      throw ImageException.damaged("TIFF tag " + tag + " lacks value " + (index + 1L));
    }
    return switch (entry.type) {
      case SHORT -> data.getShort((int) entry.valueAt + 2 * index) & 0xffff;
      case LONG -> data.getInt((int) entry.valueAt + 4 * index) & 0xffff_ffffL;
      default ->
          throw ImageException.damaged(
              "TIFF tag " + tag + " is of type " + entry.type + ", not SHORT or LONG");
    };
  }

  /** A tag's values as bytes; none where the tag is missing. */
  ByteBuffer bytes(int tag) {
    Entry entry = entries.get(tag);
    return entry == null
        ? ByteBuffer.allocate(0)
        : data.slice((int) entry.valueAt, (int) (entry.count * TYPE_BYTES[entry.type]));
  }

  /**
   * The same file with one directory that holds only the wanted tags: offsets stay what they were,
   * because the new directory is appended. A decoder that reads this meets no chains, loops, colour
   * profiles or metadata.
   */
  ByteBuffer rewritten(Collection<Integer> wanted) {
    return rewritten(wanted, Map.of());
  }

  /** The same with other values of tags that have one SHORT. */
  ByteBuffer rewritten(Collection<Integer> wanted, Map<Integer, Integer> values) {
    int[] rows =
        entries.entrySet().stream()
            .filter(entry -> wanted.contains(entry.getKey()))
            .mapToInt(entry -> entry.getValue().at)
            .toArray();
    // TIFF wants directories on even bytes.
    int start = data.limit() + (data.limit() & 1);
    byte[] bytes = new byte[Math.addExact(start, 2 + rows.length * ENTRY_BYTES + 4)];
    data.get(0, bytes, 0, data.limit());
    ByteBuffer out = ByteBuffer.wrap(bytes).order(data.order());
    out.putInt(4, start).position(start).putShort((short) rows.length);
    for (int row : rows) {
      out.put(bytes, row, ENTRY_BYTES);
      Integer value = values.get(data.getShort(row) & 0xffff);
      if (value != null) {
        out.position(out.position() - ENTRY_BYTES + 2).putShort((short) SHORT).putInt(1);
        out.putShort(value.shortValue()).putShort((short) 0);
      }
    }
    return out.rewind();
  }
}
