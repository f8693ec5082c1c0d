package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A JPEG stream cut into its segments: what it claims, and the segments that carry the picture.
 * (ITU-T T.81, annex B.)
 *
 * <p>The walk goes to the end-of-image marker, or to the end of the stream where that marker is
 * missing behind a scan; {@link JpegDamage} then finds out whether the picture is whole. Bytes that
 * are no marker where one should be are skipped, as libjpeg skips them, and counted. The decoder
 * gets {@link #imageOnly} and never sees profiles, thumbnails or metadata.
 */
final class JpegStream {

  /** Progressive encoders write about ten; each costs the decoder a pass over the picture. */
  private static final int MAX_SCANS = 100;

  /** So many equal bytes at the end of a stream are no picture's. */
  private static final int FILLING = 8;

  /** From the first to the last, with all their bits: the end of a sequential scan's header. */
  private static final byte[] ALL_COEFFICIENTS = {0, 63, 0};

  private static final Set<Integer> PROGRESSIVE = Set.of(2, 10);
  private static final String MPF = "MPF\0";

  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int COM = 0xfe;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;

  private final ByteBuffer data;
  private final ByteBuffer kept;
  private final JpegScans scans = new JpegScans();
  private int at;
  private int strayBytes;
  private boolean endless;

  private int width;
  private int height;
  private int precision;
  private int process = -1;
  private int[] componentIds = {};
  private boolean jfif;
  private int adobeTransform = -1;
  private int furtherPictures;
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> xmp = Optional.empty();

  private JpegStream(ByteBuffer data, int room) {
    this.data = data;
    this.kept = ByteBuffer.allocate(data.limit() + room);
  }

  /**
   * Walks a stream.
   *
   * @param stream from its start-of-image marker on; what follows the end-of-image marker is
   *     ignored
   * @param tables a stream of quantisation and Huffman tables that this one relies on, as TIFF
   *     keeps them apart; empty where there is none
   */
  static JpegStream parse(ByteBuffer stream, ByteBuffer tables) throws ImageException {
    JpegStream parsed = new JpegStream(stream.slice(), tables.remaining() + 4);
    parsed.marker(SOI);
    if (tables.hasRemaining()) {
      JpegStream prefix = new JpegStream(tables.slice(), 0);
      prefix.walk();
      parsed.kept.put(prefix.kept.flip());
    }
    parsed.walk();
    if (parsed.scans.count() == 0 || parsed.process < 0) {
      throw ImageException.damaged("its JPEG stream holds no picture");
    }
    parsed.marker(EOI);
    parsed.checkProcess();
    parsed.scans.check(parsed.componentIds, PROGRESSIVE.contains(parsed.process), parsed.endless);
    return parsed;
  }

  private void checkProcess() throws ImageException {
    // 0 to 2: baseline, extended and progressive, Huffman-coded; 9 and 10: arithmetic-coded.
    if (process > 2 && process != 9 && process != 10) {
      throw ImageException.unsupported(
          "it is a lossless or hierarchical JPEG (process " + process + ")");
    }
    if (precision != 8) {
      throw ImageException.unsupported("it is a JPEG with " + precision + " bits per sample");
    }
    if (components() != 1 && components() != 3 && components() != 4) {
      throw ImageException.unsupported("it is a JPEG with " + components() + " components");
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int components() {
    return componentIds.length;
  }

  Orientation orientation() {
    return exif.or(() -> xmp).orElse(Orientation.UPRIGHT);
  }

  /** Further views of the same scene behind this picture, as stereo cameras write them. */
  int furtherPictures() {
    return furtherPictures;
  }

  /** Bytes between segments that are no marker. */
  int strayBytes() {
    return strayBytes;
  }

  /** Whether the end-of-image marker is missing; {@link #imageOnly} has one all the same. */
  boolean endless() {
    return endless;
  }

  /** The stream without profiles, thumbnails, metadata and comments, and with its tables. */
  ByteBuffer imageOnly() {
    return kept.duplicate().flip();
  }

  /** What the components mean, guessed as libjpeg guesses it. */
  JpegColors colors() {
    return switch (components()) {
      case 1 -> JpegColors.GREY;
      case 3 -> isRgb() ? JpegColors.RGB : JpegColors.YCBCR;
      default -> adobeTransform <= 0 ? JpegColors.CMYK : JpegColors.YCCK;
    };
  }

  private boolean isRgb() {
    return !jfif
        && (adobeTransform == 0
            || (adobeTransform < 0 && Arrays.equals(componentIds, new int[] {'R', 'G', 'B'})));
  }

  private void walk() throws ImageException {
    if (data.limit() < 4 || u16(0) != (0xff00 | SOI)) {
      throw ImageException.damaged("its JPEG stream does not begin like one");
    }
    at = 2;
    while (true) {
      int marker = nextMarker();
      if (marker == EOI) {
        return;
      }
      int length = at + 2 <= data.limit() ? u16(at) : 2;
      if (length < 2) {
        throw ImageException.damaged("a JPEG segment claims a length of " + length);
      }
      if (at + length > data.limit()) {
        throw missingEnd();
      }
      segment(marker, data.slice(at + 2, length - 2));
      if ((marker < APP0 || marker > APP15) && marker != COM) {
        marker(marker);
        keep(at, at + length);
      }
      at += length;
      if (marker == SOS) {
        plainSequential();
        scans.add(data.slice(at - length + 2, length - 2));
        scan();
      }
    }
  }

  /**
   * A sequential scan has all coefficients whatever its header says of them. Cameras write other
   * numbers, and of a stream's oddities libjpeg tells the first alone: this one would hide damage.
   */
  private void plainSequential() {
    int end = kept.position();
    if (process >= 0 && !PROGRESSIVE.contains(process) && end >= ALL_COEFFICIENTS.length) {
      kept.put(end - ALL_COEFFICIENTS.length, ALL_COEFFICIENTS);
    }
  }

  /** Steps over a marker, which any number of fill bytes may precede, and over what is none. */
  private int nextMarker() throws ImageException {
    while (at + 1 < data.limit()) {
      if (u8(at) != 0xff || u8(at + 1) == 0) {
        at++;
        strayBytes++;
      } else if (u8(at + 1) == 0xff) {
        at++;
      } else {
        at += 2;
        return u8(at - 1);
      }
    }
    if (scans.count() == 0) {
      throw missingEnd();
    }
    endless = true;
    return EOI;
  }

  private void segment(int marker, ByteBuffer body) throws ImageException {
    if (marker == APP0 && startsWith(body, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP1 && startsWith(body, "Exif\0")) {
      exif = exif.or(() -> Orientation.ofExif(body));
    } else if (marker == APP1 && startsWith(body, "http://ns.adobe.com/xap/1.0/\0")) {
      xmp = xmp.or(() -> Orientation.ofXmp(body));
    } else if (marker == APP2 && startsWith(body, MPF)) {
      furtherPictures = JpegPictures.further(body.slice(MPF.length(), body.limit() - MPF.length()));
    } else if (marker == APP14 && startsWith(body, "Adobe") && body.remaining() >= 12) {
      adobeTransform = body.get(11) & 0xff;
    } else if (marker >= 0xc0
        && marker <= 0xcf
        && marker != DHT
        && marker != JPG
        && marker != DAC) {
      frame(marker, body);
    }
  }

  private void frame(int marker, ByteBuffer body) throws ImageException {
    if (process >= 0) {
      throw ImageException.damaged("its JPEG stream has two frame headers");
    }
    if (body.remaining() < 6 || body.remaining() != 6 + 3 * (body.get(5) & 0xff)) {
      throw ImageException.damaged("its JPEG frame header has the wrong length");
    }
    process = marker - 0xc0;
    precision = body.get(0);
    height = body.getShort(1) & 0xffff;
    width = body.getShort(3) & 0xffff;
    componentIds = new int[body.get(5) & 0xff];
    Arrays.setAll(componentIds, i -> body.get(6 + 3 * i) & 0xff);
  }

  /**
   * Steps over entropy-coded data: to the next marker that is no restart and no escaped byte, or to
   * the stream's end.
   */
  private void scan() throws ImageException {
    if (scans.count() > MAX_SCANS) {
      throw ImageException.damaged("its JPEG stream has more than " + MAX_SCANS + " scans");
    }
    int start = at;
    while (at < data.limit() && !endsScan()) {
      at++;
    }
    keep(start, at < data.limit() ? at : withoutFilling(start));
  }

  /**
   * Where data ends that is followed by nothing but filling. A copy that stopped half-way into a
   * file of the full size is full of zeros from there on, which decode to a picture of sorts;
   * without them the decoder misses what is missing. One byte stays, for it may be the data's last.
   */
  private int withoutFilling(int start) {
    int end = data.limit();
    int from = end - 1;
    while (from > start && u8(from - 1) == u8(end - 1)) {
      from--;
    }
    return end - from > FILLING ? from + 1 : end;
  }

  private boolean endsScan() {
    if (at + 1 >= data.limit() || u8(at) != 0xff) {
      return false;
    }
    int next = u8(at + 1);
    return next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7);
  }

  private void marker(int marker) {
    kept.put((byte) 0xff).put((byte) marker);
  }

  private void keep(int from, int to) {
    kept.put(data.slice(from, to - from));
  }

  private static ImageException missingEnd() {
    return ImageException.truncated("its JPEG stream has no end-of-image marker");
  }

  private static boolean startsWith(ByteBuffer body, String prefix) {
    byte[] wanted = prefix.getBytes(StandardCharsets.ISO_8859_1);
    return body.remaining() >= wanted.length
        && body.slice(0, wanted.length).equals(ByteBuffer.wrap(wanted));
  }

  private int u8(int index) {
    return data.get(index) & 0xff;
  }

  private int u16(int index) {
    return data.getShort(index) & 0xffff;
  }
}
