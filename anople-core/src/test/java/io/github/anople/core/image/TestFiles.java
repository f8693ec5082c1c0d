package io.github.anople.core.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Picture files and parts of them put together byte by byte, where no writer makes such a file. */
final class TestFiles {

  private TestFiles() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Places a part in the middle of a file. */
  static byte[] insert(byte[] file, int at, byte[] part) {
    return join(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
  }

  /** A PNG chunk with its checksum; one behind the header goes to byte {@link #AFTER_IHDR}. */
  static byte[] pngChunk(String type, byte[] content) {
    byte[] named = join(ascii(type), content);
    CRC32 sum = new CRC32();
    sum.update(named);
    return join(big(content.length), named, big((int) sum.getValue()));
  }

  static final int AFTER_IHDR = 33;

  /** The head of a PNG that claims a size, with nothing behind it but its end. */
  static byte[] pngClaiming(int width, int height, int depth, int type) {
    byte[] header = join(big(width), big(height), bytes(depth, type, 0, 0, 0));
    return join(
        bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10),
        pngChunk("IHDR", header),
        pngChunk("IDAT", new byte[0]),
        pngChunk("IEND", new byte[0]));
  }

  static byte[] big(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** A JPEG segment; the first place for one is byte 2. */
  static byte[] jpegSegment(int marker, byte[] content) {
    int length = content.length + 2;
    return join(bytes(0xff, marker, length >> 8, length), content);
  }

  /** An EXIF block, as PNG and WebP hold it, that says nothing but an orientation. */
  static byte[] exif(int orientation) {
    return new Tiff(ByteOrder.BIG_ENDIAN).put(0x112, orientation).file(new byte[0]);
  }

  static byte[] bmp(int width, int height, int bits, int compression, byte[] palette, byte[] data) {
    int start = 14 + 40 + palette.length;
    ByteBuffer out = ByteBuffer.allocate(start + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("BM")).putInt(start + data.length).putInt(0).putInt(start);
    out.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
    out.putInt(compression).putInt(data.length).putInt(0).putInt(0).putInt(0).putInt(0);
    return out.put(palette).put(data).array();
  }

  /** A WebP file from its chunks. */
  static byte[] webp(byte[]... chunks) {
    byte[] content = join(chunks);
    return join(ascii("RIFF"), little(4 + content.length), ascii("WEBP"), content);
  }

  static byte[] webpChunk(String type, byte[] content) {
    byte[] padding = new byte[content.length & 1];
    return join(ascii(type), little(content.length), content, padding);
  }

  /** The canvas chunk of an extended WebP. */
  static byte[] webpCanvas(int flags, int width, int height) {
    int w = width - 1;
    int h = height - 1;
    byte[] content = bytes(flags, 0, 0, 0, w, w >> 8, w >> 16, h, h >> 8, h >> 16);
    return webpChunk("VP8X", content);
  }

  /** A TIFF with one directory in front of its pixels. */
  static final class Tiff {

    private static final Set<Integer> LONG_TAGS = Set.of(256, 257, 273, 278, 279, 324, 325);

    private final ByteOrder order;
    private final Map<Integer, int[]> tags = new TreeMap<>();

    Tiff(ByteOrder order) {
      this.order = order;
    }

    Tiff put(int tag, int... values) {
      tags.put(tag, values);
      return this;
    }

    Tiff size(int width, int height) {
      return put(256, width).put(257, height).put(278, height);
    }

    /** The file; its strips or tiles, of these lengths, lie one behind the other in the data. */
    byte[] file(byte[] data, int... lengths) {
      if (lengths.length > 0) {
        boolean tiled = tags.containsKey(322);
        put(tiled ? 325 : 279, lengths);
        put(tiled ? 324 : 273, new int[lengths.length]);
        int[] offsets = new int[lengths.length];
        for (int i = 0, at = directoryEnd(); i < lengths.length; at += lengths[i++]) {
          offsets[i] = at;
        }
        put(tiled ? 324 : 273, offsets);
      }
      ByteBuffer out = ByteBuffer.allocate(directoryEnd() + data.length).order(order);
      out.put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"));
      out.putShort((short) 42).putInt(8).putShort((short) tags.size());
      int spill = rowsEnd();
      for (Map.Entry<Integer, int[]> tag : tags.entrySet()) {
        entry(out, tag.getKey(), tag.getValue(), spill);
        spill += 4 * tag.getValue().length;
      }
      return out.position(directoryEnd()).put(data).array();
    }

    private int rowsEnd() {
      return 8 + 2 + 12 * tags.size() + 4;
    }

    /** Every value gets a place behind the rows, whether it needs one or not. */
    private int directoryEnd() {
      return rowsEnd() + tags.values().stream().mapToInt(values -> 4 * values.length).sum();
    }

    private static void entry(ByteBuffer out, int tag, int[] values, int spill) {
      int type = LONG_TAGS.contains(tag) ? 4 : tag == 347 ? 7 : 3;
      int size = type == 4 ? 4 : type == 3 ? 2 : 1;
      out.putShort((short) tag).putShort((short) type).putInt(values.length);
      int field = out.position();
      boolean fits = values.length * size <= 4;
      out.putInt(fits ? 0 : spill).position(fits ? field : spill);
      for (int value : values) {
        switch (type) {
          case 4 -> out.putInt(value);
          case 3 -> out.putShort((short) value);
          default -> out.put((byte) value);
        }
      }
      out.position(field + 4);
    }
  }
}
