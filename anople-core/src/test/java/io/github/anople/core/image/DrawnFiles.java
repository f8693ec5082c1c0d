package io.github.anople.core.image;

import io.github.anople.core.image.PictureNote.Kind;
import io.github.anople.core.image.TestFiles.Tiff;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Files of many formats, depths and oddities, each with the picture that was drawn into it. */
final class DrawnFiles {

  /**
   * A file.
   *
   * @param name what is special about it
   * @param bytes its content
   * @param picture what was drawn
   * @param notes what is to be said of it
   */
  @SuppressWarnings("ArrayRecordComponent") // A test's own; never compared.
  record Drawn(String name, byte[] bytes, RgbImage picture, Set<Kind> notes) {}

  private final List<Drawn> files = new ArrayList<>();

  private DrawnFiles() {}

  static List<Drawn> all() {
    DrawnFiles drawn = new DrawnFiles();
    drawn.pngs();
    drawn.greyTiffs();
    drawn.colourTiffs();
    drawn.compressedTiffs();
    drawn.paletteBitmaps();
    drawn.colourBitmaps();
    drawn.maskedBitmaps();
    drawn.anymaps();
    return drawn.files;
  }

  private void add(String name, byte[] bytes, RgbImage picture, Kind... notes) {
    files.add(new Drawn(name, bytes, picture, Set.of(notes)));
  }

  static int[] palette(int colors) {
    int[] palette = new int[colors];
    Arrays.setAll(palette, i -> (int) ((i * 2654435761L) >>> 5) & 0xffffff);
    return palette;
  }

  private void pngs() {
    int[] bandsOf = {1, 0, 3, 1, 2, 0, 4};
    for (int type : new int[] {0, 2, 4, 6}) {
      for (int bits : type == 0 ? new int[] {1, 2, 4, 8, 16} : new int[] {8, 16}) {
        Drawing drawing = Drawing.of(bandsOf[type], bits);
        add("png type " + type + ", " + bits + " bits", drawing.png(type), drawing.picture());
      }
    }
    for (int bits : new int[] {1, 2, 4, 8}) {
      Drawing drawing = Drawing.of(1, bits);
      int[] palette = palette(1 << bits);
      byte[] entries = new byte[3 * palette.length];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (byte) (palette[i / 3] >> (16 - 8 * (i % 3)));
      }
      byte[] transparent = TestFiles.pngChunk("tRNS", new byte[palette.length]);
      add(
          "png palette, " + bits + " bits, all transparent",
          drawing.png(3, TestFiles.pngChunk("PLTE", entries), transparent),
          drawing.picture(palette));
    }
    for (int bits : new int[] {10, 12, 14}) {
      Drawing low = Drawing.of(1, bits);
      Drawing wide = low.mapped(sample -> sample, 16);
      add("png, " + bits + " low bits", wide.png(0), wide.picture(), Kind.BIT_DEPTH);
      byte[] significant = TestFiles.pngChunk("sBIT", TestFiles.bytes(bits));
      add("png, " + bits + " low bits by sBIT", wide.png(0, significant), low.picture());
      Drawing high = low.mapped(sample -> sample << (16 - bits), 16);
      add("png, " + bits + " high bits by sBIT", high.png(0, significant), low.picture());
    }
  }

  private static Tiff tiff(ByteOrder order, Drawing drawing, int photometric) {
    int[] depths = new int[drawing.bands()];
    Arrays.fill(depths, drawing.bits());
    return new Tiff(order)
        .size(drawing.width(), drawing.height())
        .put(258, depths)
        .put(262, photometric)
        .put(277, drawing.bands());
  }

  private static byte[] file(Tiff tiff, byte[] data) {
    return tiff.file(data, data.length);
  }

  private static byte[] ordered(ByteOrder order, Drawing drawing) {
    byte[] packed = drawing.packed();
    boolean swap = order == ByteOrder.LITTLE_ENDIAN && drawing.bits() == 16;
    return swap ? Drawing.swapped(packed) : packed;
  }

  private void greyTiffs() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (int bits : new int[] {1, 2, 4, 8, 10, 12, 14, 16}) {
        Drawing drawing = Drawing.of(1, bits);
        byte[] data = ordered(order, drawing);
        String name = "tiff " + order + " grey, " + bits + " bits";
        add(name, file(tiff(order, drawing, 1), data), drawing.picture());
        add(
            name + ", white is zero",
            file(tiff(order, drawing, 0), data),
            Rasters.inverted(drawing.picture()));
      }
      Drawing low = Drawing.of(1, 12);
      Drawing wide = low.mapped(sample -> sample, 16);
      byte[] data = ordered(order, wide);
      add(
          "tiff " + order + ", 12 low bits",
          file(tiff(order, wide, 1), data),
          wide.picture(),
          Kind.BIT_DEPTH);
      add(
          "tiff " + order + ", 12 low bits by MaxSampleValue",
          file(tiff(order, wide, 1).put(281, 4095), data),
          low.picture());
      add(
          "tiff " + order + ", 12 low bits by MaxSampleValue, white is zero",
          file(tiff(order, wide, 0).put(281, 4095), data),
          Rasters.inverted(low.picture()));
    }
  }

  private void colourTiffs() {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    for (int bits : new int[] {8, 12, 16}) {
      Drawing rgb = Drawing.of(3, bits);
      add("tiff rgb " + bits, file(tiff(order, rgb, 2), ordered(order, rgb)), rgb.picture());
    }
    for (int bits : new int[] {8, 16}) {
      for (int bands = 4; bands < 7; bands++) {
        Drawing more = Drawing.of(bands, bits);
        int[] extra = new int[bands - 3];
        extra[0] = 2;
        Kind[] notes = bands > 4 ? new Kind[] {Kind.FURTHER_BANDS} : new Kind[0];
        byte[] data = ordered(order, more);
        add(
            "tiff rgb, alpha and more: " + bands + " of " + bits,
            file(tiff(order, more, 2).put(338, extra), data),
            more.picture(),
            notes);
      }
      Drawing greyAlpha = Drawing.of(2, bits);
      add(
          "tiff grey and alpha " + bits,
          file(tiff(order, greyAlpha, 1).put(338, 2), ordered(order, greyAlpha)),
          greyAlpha.picture());
    }
    for (int bits : new int[] {1, 2, 4, 8}) {
      Drawing indices = Drawing.of(1, bits);
      int[] palette = palette(1 << bits);
      int[] map = new int[3 * palette.length];
      Arrays.setAll(
          map, i -> 257 * (palette[i % palette.length] >> (16 - 8 * (i / palette.length)) & 255));
      byte[] data = indices.packed();
      add(
          "tiff palette " + bits,
          file(tiff(order, indices, 3).put(320, map), data),
          indices.picture(palette));
      int[] narrow = Arrays.stream(map).map(value -> value / 257).toArray();
      add(
          "tiff palette " + bits + " of 8-bit colours",
          file(tiff(order, indices, 3).put(320, narrow), data),
          indices.picture(palette),
          Kind.REPAIRED);
    }
  }

  private void compressedTiffs() {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    for (int bits : new int[] {8, 16}) {
      Drawing rgb = Drawing.of(3, bits);
      byte[] packed = Drawing.deflated(ordered(order, rgb));
      add("tiff deflate " + bits, file(tiff(order, rgb, 2).put(259, 8), packed), rgb.picture());
      Drawing differences = differences(rgb);
      add(
          "tiff deflate with predictor " + bits,
          file(
              tiff(order, rgb, 2).put(259, 8).put(317, 2),
              Drawing.deflated(ordered(order, differences))),
          rgb.picture());
    }
  }

  /** Each sample less the one of its band to the left. */
  private static Drawing differences(Drawing of) {
    int[] samples = of.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      boolean first = i % (of.width() * of.bands()) < of.bands();
      int left = first ? 0 : of.samples()[i - of.bands()];
      samples[i] = (of.samples()[i] - left) & ((1 << of.bits()) - 1);
    }
    return new Drawing(of.width(), of.height(), of.bands(), of.bits(), samples);
  }

  /** A bitmap with a header of that size; its pixels begin at {@code offset}, or where they lie. */
  static byte[] bmp(
      int headerSize, Drawing drawing, int bits, int[] fields, byte[] behind, int offset) {
    byte[] pixels = drawing.bitmap(fields[1] < 0);
    int start = 14 + headerSize + behind.length;
    ByteBuffer out = ByteBuffer.allocate(start + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'B').put((byte) 'M').putInt(10, offset < 0 ? start : offset);
    out.position(14).putInt(headerSize);
    if (headerSize == 12) {
      out.putShort((short) drawing.width()).putShort((short) drawing.height());
      out.putShort((short) 1).putShort((short) bits);
    } else {
      out.putInt(drawing.width()).putInt(fields[1]).putShort((short) 1).putShort((short) bits);
      out.putInt(fields[0]).putInt(0).putInt(2835).putInt(2835);
      out.putInt(fields[2]);
      for (int i = 3; i < fields.length && 54 + 4 * (i - 3) < 14 + headerSize; i++) {
        out.putInt(54 + 4 * (i - 3), fields[i]);
      }
    }
    return out.position(14 + headerSize).put(behind).put(pixels).array();
  }

  private void paletteBitmaps() {
    for (int bits : new int[] {1, 4, 8}) {
      Drawing indices = Drawing.of(1, bits);
      int[] palette = palette(1 << bits);
      RgbImage picture = indices.picture(palette);
      byte[] three = colors(palette, 3);
      byte[] four = colors(palette, 4);
      int[] plain = {0, Drawing.HEIGHT, 0};
      add("bmp 12, " + bits, bmp(12, indices, bits, plain, three, -1), picture);
      for (int size : new int[] {40, 64, 108, 124}) {
        String name = "bmp " + size + ", " + bits;
        add(name, bmp(size, indices, bits, plain, four, -1), picture);
        int[] fromTop = {0, -Drawing.HEIGHT, palette.length};
        add(name + " from the top", bmp(size, indices, bits, fromTop, four, -1), picture);
        add(name + ", offset 0", bmp(size, indices, bits, plain, four, 0), picture, Kind.REPAIRED);
        add(
            name + ", offset of the palette",
            bmp(size, indices, bits, plain, four, 14 + size),
            picture,
            Kind.REPAIRED);
      }
    }
  }

  private static byte[] colors(int[] palette, int bytes) {
    byte[] out = new byte[bytes * palette.length];
    for (int i = 0; i < palette.length; i++) {
      for (int band = 0; band < 3; band++) {
        out[bytes * i + band] = (byte) (palette[i] >> (8 * band));
      }
    }
    return out;
  }

  private void colourBitmaps() {
    for (int bands : new int[] {3, 4}) {
      Drawing rgb = Drawing.of(bands, 8);
      for (int size : new int[] {12, 40, 52, 56, 64, 108, 124}) {
        String name = "bmp " + size + ", " + 8 * bands;
        int bits = 8 * bands;
        // Masks that do not count, since nothing says that there are some.
        int[] fields = {0, Drawing.HEIGHT, 0, 0xff, 0xff00, 0xff0000, 0xff000000};
        add(name, bmp(size, rgb, bits, fields, new byte[0], -1), rgb.picture());
        add(
            name + ", offset 0",
            bmp(size, rgb, bits, fields, new byte[0], 0),
            rgb.picture(),
            Kind.REPAIRED);
      }
    }
  }

  private void maskedBitmaps() {
    Drawing rgba = Drawing.of(4, 8);
    byte[] none = new byte[0];
    int[] zero = {3, Drawing.HEIGHT, 0, 0, 0, 0, 0};
    int[] usual = {3, Drawing.HEIGHT, 0, 0xff0000, 0xff00, 0xff, 0xff000000};
    for (int size : new int[] {52, 56, 108, 124}) {
      add(
          "bmp " + size + ", masks that are zero",
          bmp(size, rgba, 32, zero, none, -1),
          rgba.picture(),
          Kind.REPAIRED);
      add("bmp " + size + ", masks", bmp(size, rgba, 32, usual, none, -1), rgba.picture());
    }
    byte[] masks =
        TestFiles.join(
            TestFiles.little(0xff0000), TestFiles.little(0xff00), TestFiles.little(0xff));
    int[] plain = {3, Drawing.HEIGHT, 0};
    add("bmp 40, masks behind it", bmp(40, rgba, 32, plain, masks, -1), rgba.picture());
    int[] alpha = {6, Drawing.HEIGHT, 0};
    byte[] four = TestFiles.join(masks, TestFiles.little(0xff000000));
    add("bmp 40, four masks behind it", bmp(40, rgba, 32, alpha, four, -1), rgba.picture());
    add(
        "bmp 40, masks behind it, offset 0",
        bmp(40, rgba, 32, plain, masks, 0),
        rgba.picture(),
        Kind.REPAIRED);
  }

  private void anymaps() {
    Drawing bits = Drawing.of(1, 1);
    add("pbm", bits.pnm("P4", 1), Rasters.inverted(bits.picture()));
    add("plain pbm", plain("P1", bits, 1, ""), Rasters.inverted(bits.picture()));
    for (int bands : new int[] {1, 3}) {
      String type = bands == 1 ? "P5" : "P6";
      Drawing twelve = Drawing.of(bands, 12);
      add("plain " + type, plain(bands == 1 ? "P2" : "P3", twelve, 4095, " "), twelve.picture());
      for (int depth : new int[] {8, 16}) {
        Drawing drawing = Drawing.of(bands, depth);
        add(type + ", " + depth + " bits", drawing.pnm(type, (1 << depth) - 1), drawing.picture());
      }
      for (int depth : new int[] {10, 12, 14}) {
        Drawing low = Drawing.of(bands, depth);
        Drawing wide = low.mapped(sample -> sample, 16);
        add(type + ", " + depth + " bits", wide.pnm(type, (1 << depth) - 1), low.picture());
        add(type + ", unsaid " + depth, wide.pnm(type, 65535), wide.picture(), Kind.BIT_DEPTH);
      }
      Drawing hundred = Drawing.of(bands, 8).mapped(sample -> sample % 101, 8);
      Drawing stretched = hundred.mapped(sample -> Math.round(sample * 255 / 100f), 8);
      add(type + ", of 100", hundred.pnm(type, 100), stretched.picture());
    }
  }

  /** A portable anymap whose samples are decimal numbers. */
  private static byte[] plain(String type, Drawing of, int largest, String space) {
    StringBuilder text = new StringBuilder(type + "\n" + of.width() + " " + of.height() + " #\n");
    if (largest > 1) {
      text.append(largest).append('\n');
    }
    for (int sample : of.samples()) {
      text.append(sample).append(space);
    }
    return TestFiles.ascii(text.toString());
  }
}
