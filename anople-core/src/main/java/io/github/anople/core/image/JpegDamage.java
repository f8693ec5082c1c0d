package io.github.anople.core.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes a JPEG stream, and tells damage that leaves every row as it was, which is noted, from
 * damage that does not, which is refused. libjpeg goes on after either with a warning.
 *
 * <p>It warns of the first oddity alone. So bytes that it calls stray are taken out, and the stream
 * is decoded once more: what they may have hidden is told then.
 */
final class JpegDamage {

  /** Whole data is followed by what no scan needs. */
  private static final Pattern STRAY =
      Pattern.compile(
          "(?:Corrupt JPEG data: )?(\\d+) extraneous bytes before marker 0x([0-9a-f]{2}).*");

  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  /** So many places of stray bytes are looked for, and at so many markers each. */
  private static final int MOST_PLACES = 32;

  private JpegDamage() {}

  /** The stored samples. */
  static Raster raster(JpegStream stream, Reading reading) throws IOException {
    boolean stray = stream.strayBytes() > 0;
    Attempt attempt = Attempt.of(stream.imageOnly());
    for (int i = 0; i < MOST_PLACES && attempt.hides(); i++) {
      stray = true;
      attempt = attempt.withoutStray();
    }
    if (!attempt.whole()) {
      throw stream.endless()
          ? ImageException.truncated(
              "its JPEG stream has no end-of-image marker, and its decoder says: "
                  + attempt.warning)
          : ImageException.damaged("its decoder says: " + attempt.warning);
    }
    if (stream.endless()) {
      reading.repaired("has no end-of-image marker, but all its rows");
    }
    if (stray || !attempt.warning.isEmpty()) {
      reading.repaired("has bytes in its JPEG stream that do not belong there: skipped");
    }
    return attempt.raster;
  }

  /**
   * A stream as it was decoded.
   *
   * @param warning the first, or nothing
   */
  private record Attempt(ByteBuffer stream, Raster raster, String warning) {

    static Attempt of(ByteBuffer stream) throws IOException {
      List<String> warnings = new ArrayList<>();
      Raster raster = Codec.JPEG.readRaster(stream, warnings::add);
      return new Attempt(stream, raster, warnings.isEmpty() ? "" : warnings.get(0));
    }

    /** Whether every row is as it was: behind the end there is nothing left to be hidden. */
    boolean whole() {
      return warning.isEmpty() || (STRAY.matcher(warning).matches() && marker() == EOI);
    }

    /** Whether stray bytes were met before the end. */
    boolean hides() {
      return STRAY.matcher(warning).matches() && marker() != EOI;
    }

    private int marker() {
      return Integer.parseInt(match().group(2), 16);
    }

    private Matcher match() {
      Matcher match = STRAY.matcher(warning);
      match.matches();
      return match;
    }

    /** The same without the bytes that it warns of. */
    Attempt withoutStray() throws IOException {
      return isRestart(marker()) ? withoutStrayInScan() : withoutStrayBehindScans();
    }

    /** Some writers fill up all their intervals: before one restart marker, or before each. */
    private Attempt withoutStrayInScan() throws IOException {
      int marker = marker();
      Attempt everywhere = without(places(Attempt::isRestart));
      if (everywhere.whole()) {
        return everywhere;
      }
      List<Integer> alike = places(m -> m == marker);
      // What is taken out behind the place changes nothing of the first warning.
      for (int i = alike.size() - 1; i >= Math.max(0, alike.size() - MOST_PLACES); i--) {
        Attempt one = without(List.of(alike.get(i)));
        if (!one.warning.equals(warning)) {
          return one;
        }
      }
      throw ImageException.damaged("its decoder says: " + warning);
    }

    /**
     * Scan after scan, each as if the picture ended with it: what follows cannot be hidden then.
     */
    private Attempt withoutStrayBehindScans() throws IOException {
      Attempt clean = this;
      for (int scan = 0; scan < clean.ends().size(); scan++) {
        int end = clean.ends().get(scan);
        ByteBuffer start = ByteBuffer.allocate(end + 2).put(part(clean.stream, 0, end));
        Attempt upTo = of(start.put((byte) 0xff).put((byte) EOI).flip());
        if (!upTo.whole()) {
          return new Attempt(clean.stream, raster, upTo.warning);
        }
        if (!upTo.warning.isEmpty()) {
          clean = clean.without(List.of(end), upTo.strayBytes());
        }
      }
      return of(clean.stream);
    }

    private static ByteBuffer part(ByteBuffer stream, int from, int to) {
      return stream.slice(from, to - from);
    }

    private List<Integer> ends() {
      return places(marker -> !isRestart(marker));
    }

    private int strayBytes() {
      return Integer.parseInt(match().group(1));
    }

    private static boolean isRestart(int marker) {
      return marker >= 0xd0 && marker <= 0xd7;
    }

    /** Where such markers follow data that is coded: within a scan, and at its end. */
    private List<Integer> places(IntPredicate markers) {
      List<Integer> places = new ArrayList<>();
      int at = 2;
      while (at + 3 < stream.limit()) {
        boolean scan = (stream.get(at + 1) & 0xff) == SOS;
        at += 2 + (stream.getShort(at + 2) & 0xffff);
        while (scan && at + 1 < stream.limit()) {
          int marker = stream.get(at) == (byte) 0xff ? stream.get(at + 1) & 0xff : 0;
          if (marker != 0 && marker != 0xff && markers.test(marker)) {
            places.add(at);
          }
          scan = marker == 0 || marker == 0xff || isRestart(marker);
          at += scan ? 1 : 0;
        }
      }
      return places;
    }

    private Attempt without(List<Integer> places) throws IOException {
      return without(places, strayBytes());
    }

    private Attempt without(List<Integer> places, int count) throws IOException {
      ByteBuffer shorter = ByteBuffer.allocate(stream.limit());
      int from = 0;
      for (int place : places) {
        shorter.put(part(stream, from, Math.max(from, place - count)));
        from = place;
      }
      shorter.put(part(stream, from, stream.limit())).flip();
      try {
        return of(shorter);
      } catch (IOException e) {
        return new Attempt(shorter, raster, "stray bytes hide other damage");
      }
    }
  }
}
