package io.github.anople.core.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decodes a JPEG stream, and tells damage that leaves every row as it was, which is noted, from
 * damage that does not, which is refused. libjpeg goes on after either with a warning.
 */
final class JpegDamage {

  /** Whole data is followed by what no scan needs. */
  private static final Pattern STRAY =
      Pattern.compile("(?:Corrupt JPEG data: )?\\d+ extraneous bytes before marker 0x.*");

  /** A harmless habit of some cameras: the samples are all there. */
  private static final String ODD_SCAN = "Invalid SOS parameters";

  private JpegDamage() {}

  /** The stored samples. */
  static Raster raster(JpegStream stream, Reading reading) throws IOException {
    List<String> damage = new ArrayList<>();
    boolean[] stray = {stream.strayBytes() > 0};
    Raster raster =
        Codec.JPEG.readRaster(
            stream.imageOnly(),
            warning -> {
              if (STRAY.matcher(warning).matches()) {
                stray[0] = true;
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
      reading.repaired("has no end-of-image marker, but all its rows");
    }
    if (stray[0]) {
      reading.repaired("has bytes in its JPEG stream that do not belong there: skipped");
    }
    return raster;
  }
}
