package io.github.anople.core.detect;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The sizes at which a detector looks at an image. Each is made of the image itself, never of
 * another size: what one reduction lost, an enlargement does not bring back.
 *
 * @param side S, of the detector's maps
 * @param others sides of further squares, in rising order, without S
 */
public record InputSizes(int side, List<Integer> others) {

  /**
   * Copies the list.
   *
   * @param side S
   * @param others further sides
   */
  public InputSizes {
    others = List.copyOf(others);
  }

  /**
   * Sizes of which some may be named several times.
   *
   * @param side S
   * @param sides any sides, S among them or not
   * @return each once
   */
  public static InputSizes of(int side, Collection<Integer> sides) {
    return new InputSizes(
        side, new TreeSet<>(sides).stream().filter(other -> other != side).toList());
  }

  /**
   * One size, as most detectors have it.
   *
   * @param side S
   * @return without others
   */
  public static InputSizes one(int side) {
    return new InputSizes(side, List.of());
  }

  /**
   * The largest.
   *
   * @return pixels
   */
  public int largest() {
    return others.isEmpty() ? side : Math.max(side, others.get(others.size() - 1));
  }

  /**
   * An image at each size, the shorter side stretched.
   *
   * @param image of any size
   * @return squares
   */
  public PreparedImage prepare(RgbImage image) {
    Map<Integer, RgbImage> further = new HashMap<>();
    others.forEach(other -> further.put(other, Resampler.resize(image, other, other)));
    return new PreparedImage(Resampler.resize(image, side, side), further);
  }

  /**
   * An image at each size, without what a region ignores: nothing of it enters a pixel of any size,
   * since it is painted over before the image is resized. What counts there is painted over
   * afterwards where the region's border cuts a pixel, so that the squares are alike whatever the
   * image's size.
   *
   * @param image of any size
   * @param region which part of it counts; empty for all
   * @return squares
   */
  public PreparedImage prepare(RgbImage image, Optional<FilledRegion> region) {
    if (region.isEmpty()) {
      return prepare(image);
    }
    PreparedImage seen = prepare(region.get().fill(image));
    Map<Integer, RgbImage> further = new HashMap<>();
    seen.others().forEach((other, square) -> further.put(other, region.get().fill(square)));
    return new PreparedImage(region.get().fill(seen.image()), further);
  }
}
