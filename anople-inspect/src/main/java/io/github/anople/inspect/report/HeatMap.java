package io.github.anople.inspect.report;

import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
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

  private static final float COVER = 0.65f;
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
    return overlay;
  }

  /**
   * Writes a picture with its map on it as PNG.
   *
   * @param file where to, usually {@code *.png}
   * @param image the picture
   * @param map its map
   * @param defects whose boxes are drawn on it
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public void write(Path file, RgbImage image, ScoreMap map, Optional<Defects> defects) {
    BufferedImage overlay = overlay(image, map);
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
