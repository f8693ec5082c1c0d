package io.github.anople.lab.pretrain.scene;

import io.github.anople.core.image.RgbImage;
import java.util.List;

/**
 * One drawn scene with all that is known of it.
 *
 * @param image the picture, square
 * @param regions what is seen, the background first, at most 127
 * @param regionOf {@code [side, side]}, rows from the top: the index in {@code regions} of what is
 *     seen at each pixel; where a part is missing, the region that misses it
 * @param damaged {@code [side, side]}: whether the pixel shows damage of its region
 * @param captions several wordings of the whole scene, each under 20 words
 */
public record Scene(
    RgbImage image,
    List<Region> regions,
    byte[] regionOf,
    boolean[] damaged,
    List<String> captions) {

  /**
   * Checks that the maps fit the picture.
   *
   * @param image the picture
   * @param regions what is seen
   * @param regionOf the region at each pixel
   * @param damaged whether each pixel shows damage
   * @param captions wordings of the scene
   * @throws IllegalArgumentException if a map has not one entry a pixel, or no region is given
   */
  public Scene {
    int pixels = image.width() * image.height();
    if (regionOf.length != pixels || damaged.length != pixels) {
      throw new IllegalArgumentException(
          "maps of " + regionOf.length + " and " + damaged.length + " pixels, not " + pixels);
    }
    if (regions.isEmpty() || regions.size() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(regions.size() + " regions; there must be 1 to 127");
    }
    regions = List.copyOf(regions);
    captions = List.copyOf(captions);
  }
}
