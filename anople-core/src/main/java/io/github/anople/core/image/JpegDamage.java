package io.github.anople.core.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes a JPEG stream, and tells damage that leaves every row as it was, which is noted, from
 * damage that does not, which is refused. libjpeg goes on after either with a warning.
 */
final class JpegDamage {

  /** Whole data is followed by what no scan needs. */
  private static final Pattern STRAY =
      Pattern.compile("(?:Corrupt JPEG data: )?(\\d+) extraneous bytes before marker 0x.*");

  /** A harmless habit of some cameras: the samples are all there. */
  private static final String ODD_SCAN = "Invalid SOS parameters";

  /**
   * So many bytes of filling may be read ahead of need, and are then missing in the decoder's count.
   * A block of 64 samples takes more of them.
   */
  private static final int READ_AHEAD = 8;

  private JpegDamage() {}

  /** The stored samples. */
  static Raster raster(JpegStream stream, Reading reading) throws IOException {
    List<String> damage = new ArrayList<>();
    long[] stray = {stream.strayBytes()};
    long[] atEnd = {0};
    Raster raster =
        Codec.JPEG.readRaster(
            stream.imageOnly(),
            warning -> {
              Matcher count = STRAY.matcher(warning);
              if (count.matches()) {
                atEnd[0] = Long.parseLong(count.group(1));
                stray[0] += atEnd[0];
              } else if (damage.isEmpty() && !warning.startsWith(ODD_SCAN)) {
                damage.add(warning);
              }
            });
    if (!damage.isEmpty()) {
      throw stream.endless()
          ? ImageException.truncated(
              "its JPEG stream has no end-of-image marker, and its decoder says: " + damage.get(0))
          : ImageException.damaged("its decoder says: " + damage.get(0));
    }
    if (stream.endless()) {
      checkFill(stream, atEnd[0]);
      reading.repaired("has no end-of-image marker, but all its rows");
    }
    if (stray[0] > 0) {
      reading.repaired("has bytes in its JPEG stream that do not belong there: skipped");
    }
    return raster;
  }

  /**
   * A copy that stopped half-way into a file of the full size leaves zeros, which a decoder takes
   * for a picture: then the picture's data ends somewhere in them, not before them.
   *
   * @param unused bytes at the end of the stream that the last scan did not need
   */
  private static void checkFill(JpegStream stream, long unused) throws ImageException {
    int fill = stream.fill();
    if (fill - unused > READ_AHEAD) {
      throw ImageException.truncated(
          "its JPEG stream ends in %d bytes of filling, in the middle of its picture"
              .formatted(fill));
    }
  }
}
