package io.github.anople.core.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A portable anymap in its binary forms, as many cameras' programs write them: P4 (bits), P5 (grey)
 * and P6 (colour). Its largest value says how many bits a sample has, and levels are stretched by
 * it. (Netpbm's pages pbm, pgm and ppm.)
 */
record PnmImage(long width, long height, int bands, int largest, int pixelsAt, ByteBuffer file)
    implements EncodedImage {

  private static final int LARGEST = 65535;

  static boolean matches(byte[] file) {
    return file.length >= 3
        && file[0] == 'P'
        && file[1] >= '4'
        && file[1] <= '6'
        && isSpace(file[2] & 0xff);
  }

  static PnmImage parse(ByteBuffer file) throws ImageException {
    int type = file.get(1) - '0';
    ByteBuffer header = file.duplicate().position(2);
    long width = number(header);
    long height = number(header);
    long largest = type == 4 ? 1 : number(header);
    if (largest < 1 || largest > LARGEST) {
      throw ImageException.damaged("its largest value is " + largest);
    }
    // One space ends the header; what looks like more of them is pixels already.
    if (!header.hasRemaining() || !isSpace(header.get() & 0xff)) {
      throw ImageException.truncated("its header is cut short");
    }
    PnmImage image =
        new PnmImage(
            width, height, type == 6 ? RgbImage.BANDS : 1, (int) largest, header.position(), file);
    long needed = image.rowBytes() * height;
    if (image.pixelsAt + needed > file.limit()) {
      throw ImageException.truncated(
          "its pixels need %d bytes from byte %d on, and the file has %d"
              .formatted(needed, image.pixelsAt, file.limit()));
    }
    return image;
  }

  private static boolean isSpace(int character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }

  /** The next number; comments go to the end of their line. */
  private static long number(ByteBuffer header) throws ImageException {
    int next = ' ';
    while (isSpace(next) || next == '#') {
      if (next == '#') {
        while (next != '\n' && next != '\r') {
          next = character(header);
        }
      }
      next = character(header);
    }
    long number = 0;
    while (next >= '0' && next <= '9' && number <= Integer.MAX_VALUE) {
      number = 10 * number + next - '0';
      next = character(header);
    }
    if (!isSpace(next)) {
      throw ImageException.damaged("its header has no number where one belongs");
    }
    header.position(header.position() - 1);
    return number;
  }

  private static int character(ByteBuffer header) throws ImageException {
    if (!header.hasRemaining()) {
      throw ImageException.truncated("its header is cut short");
    }
    return header.get() & 0xff;
  }

  private long rowBytes() {
    return isBits() ? (width + 7) / 8 : width * bands * (wide() ? 2 : 1);
  }

  private boolean isBits() {
    return file.get(1) == '4';
  }

  private boolean wide() {
    return largest > 0xff;
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public int heapPerPixel() {
    return 0;
  }

  @Override
  public RgbImage decode(Reading reading) throws IOException {
    SampleDepth.Samples samples = new PnmSamples();
    int top = largest;
    if (largest == LARGEST && !reading.marks()) {
      top = (1 << reading.depth().of(samples, reading)) - 1;
    } else if (samples.largest() > largest) {
      throw ImageException.damaged(
          "has a sample of " + samples.largest() + ", above its largest value of " + largest);
    }
    byte[] rgb = new byte[RgbImage.BANDS * (int) (width * height)];
    for (int i = 0; i < rgb.length; i++) {
      int sample = sample(i / RgbImage.BANDS, bands == 1 ? 0 : i % RgbImage.BANDS);
      int level = level(sample, top);
      rgb[i] = (byte) (reading.marks() && sample > 0 ? Math.max(1, level) : level);
    }
    return RgbImage.adopt((int) width, (int) height, rgb);
  }

  /** Whole powers of two keep their highest bits, as all samples do; others are stretched. */
  private static int level(int sample, int top) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(top);
    return bits > Byte.SIZE && top == (1 << bits) - 1
        ? sample >>> (bits - Byte.SIZE)
        // Pillow rounds these.
        : (2 * sample * 255 + top) / (2 * top);
  }

  private int sample(int pixel, int band) {
    if (isBits()) {
      int x = (int) (pixel % width);
      int at = pixelsAt + (int) (pixel / width * rowBytes()) + x / 8;
      // A one is black.
      return (~file.get(at) >> (7 - x % 8)) & 1;
    }
    int index = pixel * bands + band;
    return wide()
        ? file.getShort(pixelsAt + 2 * index) & 0xffff
        : file.get(pixelsAt + index) & 0xff;
  }

  /** Every sample, wherever it is. */
  private final class PnmSamples implements SampleDepth.Samples {

    @Override
    public int largest() {
      int most = 0;
      for (int pixel = 0; pixel < width * height; pixel++) {
        for (int band = 0; band < bands; band++) {
          most = Math.max(most, sample(pixel, band));
        }
      }
      return most;
    }

    @Override
    public boolean stretchedFrom(int bits) {
      return false;
    }
  }
}
