package io.github.anople.inspect.report;

import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.PixelRows;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Lays a map over its picture in colour. One scale serves a whole run: a value has the same colour
 * on every picture, and a picture without a defect looks as it is, which a stretch of each picture
 * to its own extremes would spoil.
 *
 * <p>With t = (v - low) / (high - low) cut to [0, 1], the colour is {@link ColourRamp}'s of t and
 * covers the picture by {@value #COVER}·(3u² - 2u³), u = min(2t, 1): nothing at low, most from the
 * middle on, where the threshold is, and always some of the picture shows through. The map is
 * interpolated bilinearly to the picture's size.
 *
 * @param scale low and high
 */
public record HeatMap(ColourScale scale) {

  /** How many boxes of defects are drawn on a picture at most: more would hide it. */
  public static final int MOST_BOXES = 20;

  private static final float COVER = 0.65f;

  /** Stripes along the longer side, and the fewest pixels of one. */
  private static final int STRIPES = 48;

  private static final int NARROWEST = 3;

  /** How much grey covers what is ignored, and its two levels. */
  private static final float HATCH = 0.7f;

  private static final int DARK = 0x60;
  private static final int LIGHT = 0xA0;
  private static final int BANDS = 3;

  private static final ColourRamp RAMP = new ColourRamp();

  public HeatMap {
    Objects.requireNonNull(scale, "scale");
  }

  /**
   * The same, for a scale in two numbers.
   *
   * @param low the value that still looks calm
   * @param high the value from which on the colour no longer changes
   * @throws IllegalArgumentException unless low is less than high, and both are finite
   */
  public HeatMap(float low, float high) {
    this(new ColourScale(low, high));
  }

  /**
   * A picture with its map on it.
   *
   * @param image the picture, of any size; not changed
   * @param map its map
   * @return a new picture of the same size
   */
  public BufferedImage overlay(RgbImage image, ScoreMap map) {
    return overlay(image, map, Optional.empty());
  }

  /**
   * A picture with its map on it, hatched in grey where the detector does not look.
   *
   * @param image the picture, of any size; not changed
   * @param map its map
   * @param region which part of the picture counts; empty for all
   * @return a new picture of the same size
   */
  public BufferedImage overlay(RgbImage image, ScoreMap map, Optional<Region> region) {
    int width = image.width();
    int height = image.height();
    BufferedImage overlay = image.toBufferedImage();
    int[] pixels = ((DataBufferInt) overlay.getRaster().getDataBuffer()).getData();
    Upsampler upsampler = new Upsampler(map, width, height);
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      upsampler.row(y, row);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = blend(pixels[y * width + x], row[x]);
      }
    }
    region.ifPresent(part -> hatch(image, pixels, part));
    return overlay;
  }

  /** Stripes from the lower left to the upper right, wide enough to be seen at any size. */
  private static void hatch(RgbImage image, int[] pixels, Region region) {
    int width = image.width();
    int stripe = Math.max(NARROWEST, Math.max(width, image.height()) / STRIPES);
    boolean[] counted = new boolean[width];
    PixelRows rows = region.rows(image.height());
    for (int y = 0; y < image.height(); y++) {
      rows.row(y, counted);
      for (int x = 0; x < width; x++) {
        if (!counted[x]) {
          int grey = (x + y) / stripe % 2 == 0 ? DARK : LIGHT;
          int at = y * width + x;
          int under = (image.red(x, y) + image.green(x, y) + image.blue(x, y)) / BANDS;
          int level = Math.round(under + (grey - under) * HATCH);
          pixels[at] = level << 16 | level << 8 | level;
        }
      }
    }
  }

  /**
   * Writes a picture with its map on it as PNG, hatched where the detector does not look.
   *
   * @param file where to, usually {@code *.png}
   * @param image the picture
   * @param map its map
   * @param defects whose boxes are drawn on it
   * @param region which part of the picture counts; empty for all
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public void write(
      Path file, RgbImage image, ScoreMap map, Optional<Defects> defects, Optional<Region> region) {
    BufferedImage overlay = overlay(image, map, region);
    defects.ifPresent(found -> DefectBoxes.draw(overlay, found));
    ReportFile.writePng(file, overlay);
  }

  private int blend(int pixel, float value) {
    float t = Math.max(0, Math.min((value - scale.low()) / (scale.high() - scale.low()), 1));
    float u = Math.min(2 * t, 1);
    float cover = COVER * u * u * (3 - 2 * u);
    int colour = RAMP.at(t);
    return mix(pixel, colour, 16, cover)
        | mix(pixel, colour, 8, cover)
        | mix(pixel, colour, 0, cover);
  }

  private static int mix(int pixel, int colour, int shift, float cover) {
    int under = pixel >> shift & 0xFF;
    int over = colour >> shift & 0xFF;
    return Math.round(under + (over - under) * cover) << shift;
  }
}
