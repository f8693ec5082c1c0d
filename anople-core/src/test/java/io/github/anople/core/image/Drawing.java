package io.github.anople.core.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Samples that tests draw, and what a picture of them looks like: Pillow's rules, written once more
 * and simpler than in the readers.
 *
 * @param width columns
 * @param height rows
 * @param bands samples of a pixel
 * @param bits of a sample
 * @param samples {@code [height, width, bands]}
 */
@SuppressWarnings("ArrayRecordComponent") // A test's own; never compared.
record Drawing(int width, int height, int bands, int bits, int[] samples) {

  static final int WIDTH = 13;
  static final int HEIGHT = 7;

  /** Every sample different from its neighbours, with the lowest and the highest among them. */
  static Drawing of(int bands, int bits) {
    int[] samples = new int[WIDTH * HEIGHT * bands];
    int top = (1 << bits) - 1;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (int) (((i * 2654435761L) >>> 7) & top);
    }
    samples[0] = 0;
    Arrays.fill(samples, samples.length - bands, samples.length, top);
    return new Drawing(WIDTH, HEIGHT, bands, bits, samples);
  }

  /** The same samples, each changed by itself. */
  Drawing mapped(IntUnaryOperator change, int newBits) {
    return new Drawing(width, height, bands, newBits, Arrays.stream(samples).map(change).toArray());
  }

  int sample(int x, int y, int band) {
    return samples[(y * width + x) * bands + band];
  }

  /** A sample as a level of 8 bits. */
  int level(int x, int y, int band) {
    int sample = sample(x, y, band);
    return bits > 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }

  /** The first one or three bands as a picture. */
  RgbImage picture() {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) level(i / 3 % width, i / 3 / width, bands < 3 ? 0 : i % 3);
    }
    return RgbImage.of(width, height, rgb);
  }

  /** The first band as numbers of colours, each 0xRRGGBB. */
  RgbImage picture(int[] palette) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int color = palette[sample(i / 3 % width, i / 3 / width, 0)];
      rgb[i] = (byte) (color >> (16 - 8 * (i % 3)));
    }
    return RgbImage.of(width, height, rgb);
  }

  /** Rows of samples from the highest bit down, each row on whole bytes, 16 bits in that order. */
  byte[] packed() {
    byte[] out = new byte[rowBytes() * height];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < width * bands; i++) {
        int sample = samples[y * width * bands + i];
        for (int bit = 0; bit < bits; bit++) {
          int at = i * bits + bit;
          out[y * rowBytes() + at / 8] |= (byte) ((sample >> (bits - 1 - bit) & 1) << (7 - at % 8));
        }
      }
    }
    return out;
  }

  int rowBytes() {
    return (width * bands * bits + 7) / 8;
  }

  /** Each two bytes exchanged. */
  static byte[] swapped(byte[] bytes) {
    byte[] out = bytes.clone();
    for (int i = 0; i + 1 < out.length; i += 2) {
      out[i] = bytes[i + 1];
      out[i + 1] = bytes[i];
    }
    return out;
  }

  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater())) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** A PNG of this colour type, with further chunks behind its header. */
  byte[] png(int colorType, byte[]... chunks) {
    byte[] rows = packed();
    byte[] filtered = new byte[rows.length + height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(rows, y * rowBytes(), filtered, y * (rowBytes() + 1) + 1, rowBytes());
    }
    byte[] header =
        TestFiles.join(
            TestFiles.big(width), TestFiles.big(height), TestFiles.bytes(bits, colorType, 0, 0, 0));
    return TestFiles.join(
        TestFiles.bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10),
        TestFiles.pngChunk("IHDR", header),
        TestFiles.join(chunks),
        TestFiles.pngChunk("IDAT", deflated(filtered)),
        TestFiles.pngChunk("IEND", new byte[0]));
  }

  /** A portable anymap with this largest value. */
  byte[] pnm(String type, int largest) {
    String value = type.equals("P4") ? "" : largest + "\n";
    return TestFiles.join(
        TestFiles.ascii(type + "\n# drawn\n" + width + " " + height + "\n" + value), packed());
  }

  /**
   * Rows from the bottom, blue first, each on a multiple of 4 bytes, of 8 bits a sample or less.
   */
  byte[] bitmap(boolean fromTop) {
    int row = (width * bands * bits + 31) / 32 * 4;
    byte[] out = new byte[row * height];
    Drawing swapped = bands < 3 ? this : blueFirst();
    byte[] rows = swapped.packed();
    for (int y = 0; y < height; y++) {
      int to = fromTop ? y : height - 1 - y;
      System.arraycopy(rows, y * rowBytes(), out, to * row, rowBytes());
    }
    return out;
  }

  private Drawing blueFirst() {
    int[] turned = samples.clone();
    for (int i = 0; i < turned.length; i += bands) {
      turned[i] = samples[i + 2];
      turned[i + 2] = samples[i];
    }
    return new Drawing(width, height, bands, bits, turned);
  }
}
