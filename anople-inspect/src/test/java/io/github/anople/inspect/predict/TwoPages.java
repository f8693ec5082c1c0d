package io.github.anople.inspect.predict;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A TIFF of two pages that show the same grey pixel. */
final class TwoPages {

  private static final int[][] TAGS = {
    {256, 1}, {257, 1}, {258, 8}, {259, 1}, {262, 1}, {273, 4}, {277, 1}, {278, 1}, {279, 1}
  };

  private TwoPages() {}

  static byte[] tiff() {
    int page = 2 + 12 * TAGS.length + 4;
    ByteBuffer out = ByteBuffer.allocate(8 + 2 * page).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    for (int next : new int[] {8 + page, 0}) {
      out.putShort((short) TAGS.length);
      for (int[] tag : TAGS) {
        // Each value is one SHORT; the pixel is a byte of the header.
        out.putShort((short) tag[0]).putShort((short) 3).putInt(1).putInt(tag[1]);
      }
      out.putInt(next);
    }
    return out.array();
  }
}
