package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bitmap's headers say, of whatever size they are. (Windows' BITMAPCOREHEADER,
 * BITMAPINFOHEADER and its successors up to BITMAPV5HEADER; OS/2's of 64 bytes.)
 *
 * @param width columns
 * @param height rows; negative where they come from the top
 * @param bits of a pixel
 * @param compression 0 for none
 * @param masks of red, green and blue; none where the format's own places count
 * @param paletteAt where the palette begins
 * @param colors how many colours it has
 * @param colorBytes 3 for OS/2's first version, else 4
 * @param pixelsAt where the pixels begin
 */
record BmpHeader(
    long width,
    long height,
    int bits,
    int compression,
    List<Integer> masks,
    int paletteAt,
    int colors,
    int colorBytes,
    long pixelsAt) {

  private static final int CORE_HEADER = 12;
  private static final int LARGEST_HEADER = 124;

  /** From this size on a header has room for red's, green's and blue's masks. */
  private static final int WITH_MASKS = 52;

  private static final int OS2_HEADER = 64;
  private static final int MASK_BYTES = 12;

  static BmpHeader parse(ByteBuffer file, Reading reading) throws ImageException {
    if (file.limit() < BmpImage.FILE_HEADER + CORE_HEADER) {
      throw ImageException.truncated("its header is cut short");
    }
    int size = file.getInt(BmpImage.FILE_HEADER);
    if (size != CORE_HEADER && (size < BmpImage.INFO_HEADER || size > LARGEST_HEADER)) {
      throw ImageException.unsupported("its header of " + size + " bytes is not a BMP header");
    }
    int end = BmpImage.FILE_HEADER + size;
    if (end > file.limit()) {
      throw ImageException.truncated("its header is cut short");
    }
    boolean core = size == CORE_HEADER;
    int bits = file.getShort(core ? 24 : 28);
    int compression = core ? BmpImage.UNCOMPRESSED : file.getInt(30);
    List<Integer> masks = List.of();
    if (BmpImage.masked(compression) && bits >= Short.SIZE) {
      boolean inside = size >= WITH_MASKS && size != OS2_HEADER;
      int behind = compression == BmpImage.BIT_FIELDS ? MASK_BYTES : MASK_BYTES + 4;
      if (!inside && end + behind > file.limit()) {
        throw ImageException.truncated("its masks are cut short");
      }
      masks = masks(file, bits, reading);
      end = inside ? end : end + behind;
    }
    int colorBytes = core ? 3 : 4;
    long stated = core ? 0 : file.getInt(46) & 0xffff_ffffL;
    long colors = bits > 8 ? 0 : stated == 0 ? 1L << bits : stated;
    long pixelsAt = file.getInt(10) & 0xffff_ffffL;
    if (pixelsAt == 0) {
      // Viewers take the pixels from where the palette ends, or the header, if there is none.
      pixelsAt = end + colorBytes * (bits > 8 ? stated : colors);
      reading.repaired("does not say where its pixels begin: read from the end of its header");
    } else if (pixelsAt == end && colors > 0) {
      pixelsAt = end + colorBytes * colors;
      reading.repaired("says that its pixels begin where its palette is: read from behind it");
    } else if (pixelsAt < end) {
      throw ImageException.damaged("its pixels are said to begin within its header");
    }
    long room = Math.min(pixelsAt, file.limit()) - end;
    int known = (int) Math.min(Math.min(colors, room / colorBytes), 1L << Math.min(bits & 0xff, 8));
    return new BmpHeader(
        core ? file.getShort(18) & 0xffff : file.getInt(18),
        core ? file.getShort(20) & 0xffff : file.getInt(22),
        bits,
        compression,
        masks,
        end,
        known,
        colorBytes,
        pixelsAt);
  }

  /** Masks that are all zero say nothing: the format's own places count, as viewers have it. */
  private static List<Integer> masks(ByteBuffer file, int bits, Reading reading)
      throws ImageException {
    List<Integer> masks = new ArrayList<>();
    int taken = 0;
    for (int i = 0; i < RgbImage.BANDS; i++) {
      int mask = file.getInt(BmpImage.FILE_HEADER + BmpImage.INFO_HEADER + 4 * i);
      masks.add(mask);
      int run = mask == 0 ? 0 : mask >>> Integer.numberOfTrailingZeros(mask);
      boolean whole = (run & (run + 1)) == 0 && (bits == Integer.SIZE || mask >>> bits == 0);
      if (!whole || (mask & taken) != 0) {
        throw ImageException.damaged(
            "its masks (%x, %x, %x) do not share out a pixel's bits"
                .formatted(masks.get(0), i > 0 ? masks.get(1) : 0, i > 1 ? masks.get(2) : 0));
      }
      taken |= mask;
    }
    if (taken == 0) {
      reading.repaired("has masks that are all zero: read as if it had none");
      return List.of();
    }
    if (masks.contains(0)) {
      throw ImageException.damaged("its masks leave out a colour");
    }
    return List.copyOf(masks);
  }

  /** How many rows there are. */
  long rows() {
    return Math.abs(height);
  }

  /** Rows begin at multiples of 4 bytes. */
  long rowBytes() {
    return (width * bits + 31) / 32 * 4;
  }

  /** What an uncompressed picture has at least: some writers leave out the last row's filling. */
  long leastBytes() {
    return rowBytes() * (rows() - 1) + (width * bits + 7) / 8;
  }

  /** The same picture behind the oldest Windows header; {@link #compression} is 0 to 3 there. */
  ByteBuffer rewritten(ByteBuffer file) {
    int start = BmpImage.FILE_HEADER + BmpImage.INFO_HEADER + 4 * masks.size() + 4 * colors;
    int stored = file.limit() - (int) pixelsAt;
    int length =
        BmpImage.packed(compression) ? stored : (int) Math.max(stored, rowBytes() * rows());
    int packing = BmpImage.masked(compression) ? BmpImage.UNCOMPRESSED : compression;
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(start, length)).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'B').put((byte) 'M').putInt(out.limit()).putInt(0).putInt(start);
    out.putInt(BmpImage.INFO_HEADER).putInt((int) width).putInt((int) height);
    out.putShort((short) 1).putShort((short) bits);
    out.putInt(masks.isEmpty() ? packing : BmpImage.BIT_FIELDS);
    out.putInt(length).putLong(0).putInt(colors).putInt(0);
    masks.forEach(out::putInt);
    for (int i = 0; i < colors; i++) {
      int at = paletteAt + colorBytes * i;
      out.put(file.get(at)).put(file.get(at + 1)).put(file.get(at + 2)).put((byte) 0);
    }
    return out.put(file.slice((int) pixelsAt, stored)).rewind();
  }
}
