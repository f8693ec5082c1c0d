package io.github.anople.core.region;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads regions that a person drew: a mask image, or JSON with polygons. The content decides which
 * it is, not the name.
 */
public final class RegionFiles {

  /** The grid on which a region is asked whether it is of use to anyone. */
  private static final int GRID = 1024;

  private static final int LEVELS = 256;
  private static final int HALF = LEVELS / 2;

  /** A mask that numbers its parts has fewer values; soft edges and losses have more. */
  private static final int MOST_NUMBERS = 32;

  private static final int BANDS = 3;

  private RegionFiles() {}

  /**
   * Reads a region.
   *
   * @param ignored marks what is ignored: an image of which any pixel that is not black is marked,
   *     or JSON with a member of that name, {@code "ignore"}; empty for nothing
   * @param lookedAt marks what counts, alike: an image, or JSON with {@code look_at}; empty for the
   *     whole picture
   * @return the region; empty where neither file is given
   * @throws InputException if a file cannot be read, marks nothing or everything, or both together
   *     leave nothing to look at
   */
  public static Optional<Region> read(Optional<Path> ignored, Optional<Path> lookedAt) {
    if (ignored.isEmpty() && lookedAt.isEmpty()) {
      return Optional.empty();
    }
    Optional<Area> without = ignored.map(file -> area(file, Region.IGNORE));
    Optional<Area> within = lookedAt.map(file -> area(file, Region.LOOK_AT));
    Region region = new Region(within, without);
    if (without.isPresent() && within.isPresent()) {
      region.requireUseful(ignored.get() + " with " + lookedAt.get(), GRID, GRID);
    }
    return Optional.of(region);
  }

  private static Area area(Path file, String use) {
    byte[] bytes = new ImageReader().bytes(file);
    Area area = isJson(bytes) ? polygons(file, bytes, use) : mask(file, bytes);
    Region alone = use.equals(Region.IGNORE) ? Region.ignoring(area) : Region.lookingAt(area);
    alone.requireUseful(file.toString(), GRID, GRID);
    return area;
  }

  private static boolean isJson(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(LEVELS, bytes.length), StandardCharsets.UTF_8)
            .replace("\ufeff", "")
            .strip();
    return head.startsWith("{") || head.startsWith("[");
  }

  private static Area polygons(Path file, byte[] bytes, String use) {
    Region region = Region.fromJson(new String(bytes, StandardCharsets.UTF_8), file.toString());
    boolean ignores = use.equals(Region.IGNORE);
    Optional<Area> wanted = ignores ? region.ignored() : region.lookedAt();
    Optional<Area> other = ignores ? region.lookedAt() : region.ignored();
    if (wanted.isEmpty() || other.isPresent()) {
      throw new InputException(
          file,
          "says " + (ignores ? Region.LOOK_AT : Region.IGNORE) + ", and is given for " + use,
          "give a file for each of the two, and each for what it says");
    }
    return wanted.get();
  }

  private static Area mask(Path file, byte[] bytes) {
    RgbImage image = new ImageReader().readMarks(file);
    byte[] samples = image.pixels();
    int[] values = new int[image.width() * image.height()];
    int[] counts = new int[LEVELS];
    for (int i = 0; i < values.length; i++) {
      for (int band = 0; band < BANDS; band++) {
        values[i] = Math.max(values[i], samples[BANDS * i + band] & 0xff);
      }
      counts[values[i]]++;
    }
    int numbers = 0;
    for (int count : counts) {
      numbers += count > 0 ? 1 : 0;
    }
    int least = numbers > MOST_NUMBERS || hasLosses(bytes) ? HALF : 1;
    boolean[] marked = new boolean[values.length];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = values[i] >= least;
    }
    try {
      return MaskArea.of(image.width(), image.height(), marked);
    } catch (IllegalArgumentException e) {
      throw new InputException(file, e.getMessage(), "draw it in two colours and save it as PNG");
    }
  }

  private static boolean hasLosses(byte[] bytes) {
    boolean jpeg = bytes.length > 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8;
    String head = new String(bytes, 0, Math.min(LEVELS, bytes.length), StandardCharsets.ISO_8859_1);
    return jpeg || (head.startsWith("RIFF") && head.contains("WEBP") && !head.contains("VP8L"));
  }
}
