package io.github.anople.inspect.report;

import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.ImageEncoder;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes a run's thumbnails, all with the same colours and the same threshold. The aspect ratio is
 * the image's; its longer side becomes {@value Thumbnail#MAX_SIDE} pixels, or stays as it is where
 * it is shorter.
 *
 * @param scale the colours of the heat maps
 * @param pixelThreshold above which a pixel is white in a binary map; empty for no binary maps
 */
public record ThumbnailMaker(ColourScale scale, OptionalDouble pixelThreshold) {

  /** High enough that a thin scratch survives. */
  private static final float JPEG_QUALITY = 0.88f;

  public ThumbnailMaker {
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(pixelThreshold, "pixelThreshold");
  }

  /**
   * The thumbnails of one image.
   *
   * @param image the image, of any size
   * @param map its map
   * @param mask its ground truth as large as the map, [height, width] row-major, not zero where
   *     there is a defect; empty where there is none
   * @return image, heat map, and what else there is to see
   * @throws IllegalArgumentException if the mask has another size than the map
   */
  public Thumbnails of(RgbImage image, ScoreMap map, Optional<byte[]> mask) {
    return of(image, map, mask, Optional.empty());
  }

  /**
   * The thumbnails of one image, of which a part counts.
   *
   * @param image the image, of any size
   * @param map its map
   * @param mask its ground truth as large as the map, as above
   * @param region which part of the image counts; empty for all
   * @return image, heat map, and what else there is to see
   * @throws IllegalArgumentException if the mask has another size than the map
   */
  public Thumbnails of(
      RgbImage image, ScoreMap map, Optional<byte[]> mask, Optional<Region> region) {
    RgbImage small = shrunk(image);
    return new Thumbnails(
        Optional.of(jpeg(small.toBufferedImage())),
        mask.map(marked -> jpeg(outlined(small, marked, map))),
        Optional.of(jpeg(new HeatMap(scale).overlay(small, map, region))),
        pixelThreshold.isPresent()
            ? Optional.of(png(binary(small, map, pixelThreshold.getAsDouble())))
            : Optional.empty());
  }

  /**
   * A strip of the scale's colours on grey, from low at the left to high at the right.
   *
   * @return a legend
   */
  public Thumbnail legend() {
    int width = Thumbnail.MAX_SIDE;
    float[] values = new float[width];
    for (int i = 0; i < values.length; i++) {
      float part = (float) i / (width - 1);
      values[i] = scale.low() + (scale.high() - scale.low()) * part;
    }
    int height = 12;
    byte[] grey = new byte[3 * width * height];
    Arrays.fill(grey, (byte) 0x80);
    RgbImage strip = RgbImage.of(width, height, grey);
    return png(new HeatMap(scale).overlay(strip, ScoreMap.of(1, width, values)));
  }

  private static RgbImage shrunk(RgbImage image) {
    int longest = Math.max(image.width(), image.height());
    if (longest <= Thumbnail.MAX_SIDE) {
      return image;
    }
    double factor = (double) Thumbnail.MAX_SIDE / longest;
    return Resampler.resize(
        image,
        (int) Math.max(1, Math.round(image.width() * factor)),
        (int) Math.max(1, Math.round(image.height() * factor)));
  }

  /** White inside the edge of the mask, dark outside of it: seen on any product. */
  private static BufferedImage outlined(RgbImage small, byte[] mask, ScoreMap map) {
    if (mask.length != (long) map.height() * map.width()) {
      throw new IllegalArgumentException("a mask of " + mask.length + " pixels for " + map);
    }
    BufferedImage image = small.toBufferedImage();
    SmallMask inside = SmallMask.of(mask, map.width(), small.width(), small.height());
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        if (inside.isEdge(x, y)) {
          image.setRGB(x, y, inside.at(x, y) ? 0xFFFFFF : 0x101010);
        }
      }
    }
    return image;
  }

  private static BufferedImage binary(RgbImage small, ScoreMap map, double threshold) {
    float[] values = map.toArray();
    byte[] above = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      above[i] = (byte) (values[i] > threshold ? 1 : 0);
    }
    SmallMask white = SmallMask.of(above, map.width(), small.width(), small.height());
    BufferedImage image =
        new BufferedImage(small.width(), small.height(), BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        image.getRaster().setSample(x, y, 0, white.at(x, y) ? 1 : 0);
      }
    }
    return image;
  }

  private static Thumbnail jpeg(BufferedImage image) {
    return thumbnail(Thumbnail.Format.JPEG, image, ImageEncoder.jpeg(image, JPEG_QUALITY));
  }

  private static Thumbnail png(BufferedImage image) {
    return thumbnail(Thumbnail.Format.PNG, image, ImageEncoder.png(image));
  }

  private static Thumbnail thumbnail(Thumbnail.Format format, BufferedImage image, byte[] file) {
    return new Thumbnail(format, image.getWidth(), image.getHeight(), file);
  }
}
