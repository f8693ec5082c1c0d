package io.github.anople.core.image;

import io.github.anople.core.image.PictureNote.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A WebP file: its first bitstream, lossy or lossless; alpha, profiles and further frames are left
 * behind. (RFC 9649.)
 */
record WebpImage(
    long width, long height, boolean lossless, Orientation orientation, ByteBuffer imageOnly)
    implements EncodedImage {

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;

  /** Enough of a bitstream, and all of the canvas chunk, to know the size. */
  private static final int STREAM_HEADER = 10;

  private static final int RIFF = fourCc("RIFF");
  private static final int WEBP = fourCc("WEBP");
  private static final int LOSSY = fourCc("VP8 ");
  private static final int LOSSLESS = fourCc("VP8L");
  private static final int EXTENDED = fourCc("VP8X");
  private static final int FRAME = fourCc("ANMF");
  private static final int EXIF = fourCc("EXIF");
  private static final int XMP = fourCc("XMP ");
  private static final Set<Integer> NEEDED = Set.of(LOSSY, LOSSLESS, EXTENDED, FRAME, EXIF, XMP);

  private static int fourCc(String name) {
    return little(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))).getInt(0);
  }

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean matches(byte[] file) {
    ByteBuffer start = little(ByteBuffer.wrap(file));
    return file.length >= RIFF_HEADER && start.getInt(0) == RIFF && start.getInt(8) == WEBP;
  }

  static WebpImage parse(ByteBuffer bytes, Reading reading) throws ImageException {
    ByteBuffer file = little(bytes.duplicate());
    long end = CHUNK_HEADER + (file.getInt(4) & 0xffff_ffffL);
    if (end > file.limit()) {
      throw ImageException.truncated("it claims " + end + " bytes and has " + file.limit());
    }
    ByteBuffer content = file.slice(RIFF_HEADER, (int) Math.max(0, end - RIFF_HEADER));
    Map<Integer, Integer> counts = new HashMap<>();
    Map<Integer, ByteBuffer> chunks = firstOfEach(content, counts);
    Orientation orientation =
        Optional.ofNullable(chunks.get(EXIF))
            .flatMap(Orientation::ofExif)
            .or(() -> Optional.ofNullable(chunks.get(XMP)).flatMap(Orientation::ofXmp))
            .orElse(Orientation.UPRIGHT);
    int frames = counts.getOrDefault(FRAME, 0);
    if (frames > 1) {
      reading.note(
          Kind.FURTHER_PAGES, "has " + frames + " frames, of which the first alone was read");
    }
    ByteBuffer frame = chunks.get(FRAME);
    if (frame != null && frame.limit() >= FRAME_HEADER) {
      Map<Integer, ByteBuffer> inner =
          firstOfEach(frame.slice(FRAME_HEADER, frame.limit() - FRAME_HEADER), new HashMap<>());
      return first(inner, chunks.get(EXTENDED), orientation);
    }
    return first(chunks, chunks.get(EXTENDED), orientation);
  }

  /** The first chunk of each type that matters, and how many there are of each. */
  private static Map<Integer, ByteBuffer> firstOfEach(
      ByteBuffer content, Map<Integer, Integer> counts) throws ImageException {
    ByteBuffer chunks = little(content);
    Map<Integer, ByteBuffer> found = new HashMap<>();
    for (long at = 0; at + CHUNK_HEADER <= chunks.limit(); ) {
      int type = chunks.getInt((int) at);
      long length = chunks.getInt((int) at + 4) & 0xffff_ffffL;
      long body = at + CHUNK_HEADER;
      if (body + length > chunks.limit()) {
        throw ImageException.truncated("one of its chunks reaches past the end of the file");
      }
      if (NEEDED.contains(type)) {
        counts.merge(type, 1, Integer::sum);
        found.putIfAbsent(type, little(chunks.slice((int) body, (int) length)));
      }
      // Chunks are padded to even lengths.
      at = body + length + (length & 1);
    }
    return found;
  }

  private static WebpImage first(
      Map<Integer, ByteBuffer> chunks, ByteBuffer canvas, Orientation orientation)
      throws ImageException {
    boolean lossless = !chunks.containsKey(LOSSY);
    ByteBuffer stream = chunks.get(lossless ? LOSSLESS : LOSSY);
    if (stream == null || stream.limit() < STREAM_HEADER) {
      throw ImageException.damaged("it holds no picture");
    }
    int sides = stream.getInt(lossless ? 1 : 6);
    int width = lossless ? 1 + (sides & 0x3fff) : sides & 0x3fff;
    int height = lossless ? 1 + ((sides >> 14) & 0x3fff) : (sides >> 16) & 0x3fff;
    if (lossless ? stream.get(0) != 0x2f : (stream.getInt(3) & 0xff_ffff) != 0x2a019d) {
      throw ImageException.damaged("its bitstream does not begin like one");
    }
    if (canvas != null
        && canvas.limit() >= STREAM_HEADER
        && (width != 1 + (canvas.getInt(4) & 0xff_ffff)
            || height != 1 + (canvas.getInt(6) >>> 8))) {
      throw ImageException.unsupported("its first frame covers only a part of the picture");
    }
    ByteBuffer alone = alone(lossless ? LOSSLESS : LOSSY, stream);
    return new WebpImage(width, height, lossless, orientation, alone);
  }

  /** A file with nothing but a bitstream. */
  private static ByteBuffer alone(int type, ByteBuffer stream) {
    int length = stream.limit();
    int padded = length + (length & 1);
    return little(ByteBuffer.allocate(RIFF_HEADER + CHUNK_HEADER + padded))
        .putInt(RIFF)
        .putInt(4 + CHUNK_HEADER + padded)
        .putInt(WEBP)
        .putInt(type)
        .putInt(length)
        .put(stream.slice())
        .rewind();
  }

  @Override
  public int heapPerPixel() {
    // The lossy decoder keeps objects for every 4 x 4 block: 3 megapixels need nearly 290 MiB.
    return lossless ? 4 : 96;
  }

  @Override
  public RgbImage decode(Reading reading) throws IOException {
    BufferedImage image = Codec.WEBP.read(imageOnly);
    return Rasters.toRgb(image.getRaster(), image.getColorModel(), reading);
  }
}
