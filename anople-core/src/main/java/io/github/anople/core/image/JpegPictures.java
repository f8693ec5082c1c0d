package io.github.anople.core.image;

import java.nio.ByteBuffer;

/**
 * The table of the pictures in one file that cameras write. (CIPA DC-007, multi-picture format.)
 */
final class JpegPictures {

  private static final int ENTRIES = 0xb002;
  private static final int ENTRY_BYTES = 16;

  /** Of a picture's type, the bits that tell views of a scene (2) from previews (1) and unknown. */
  private static final int CLASS = 0xf0000;

  private static final int VIEW = 0x20000;

  private JpegPictures() {}

  /**
   * How many further views there are: panoramas, disparity, angles. Previews and what phones keep
   * of a picture's light do not count. A broken table says nothing.
   */
  static int further(ByteBuffer table) {
    try {
      ByteBuffer entries = TiffDirectory.parse(table).bytes(ENTRIES);
      int views = 0;
      for (int at = ENTRY_BYTES; at + ENTRY_BYTES <= entries.limit(); at += ENTRY_BYTES) {
        views += (entries.getInt(at) & CLASS) == VIEW ? 1 : 0;
      }
      return views;
    } catch (ImageException e) {
      return 0;
    }
  }
}
