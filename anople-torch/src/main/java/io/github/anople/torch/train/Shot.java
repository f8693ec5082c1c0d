package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Overpainting;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import io.github.anople.torch.synth.Draws;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A good image in memory, at the sizes that training needs; still in 8 bits, to stay small.
 *
 * @param origin its file's name and hash
 * @param image at 2S×2S, what views are cut from
 * @param fine of twice the side of the largest square that detection looks at, what altered views
 *     are made of: the same as {@code image}, unless an encoder looks closer than the backbone, or
 *     a region is ignored, which shows its surroundings here
 * @param whole what detection would see, or the scene check where detection looks at tiles
 * @param tiles what detection would see of it in tiles, where it looks so
 */
public record Shot(
    Provenance.Shot origin,
    RgbImage image,
    RgbImage fine,
    PreparedImage whole,
    Optional<ShotTiles> tiles) {

  /**
   * A shot for a detector that looks at one size.
   *
   * @param origin its file's name and hash
   * @param image at 2S×2S
   * @param whole at S×S
   */
  public Shot(Provenance.Shot origin, RgbImage image, RgbImage whole) {
    this(origin, image, image, new PreparedImage(whole), Optional.empty());
  }

  /** What a product's file is called. */
  static String name(String product, Path file) {
    return product + "/" + file.getFileName();
  }

  /**
   * Reads a file, once: the hash is of the bytes that were decoded.
   *
   * @param name its name in the provenance
   * @param file the image
   * @param reader reads it
   * @param sizes at which detection looks at it
   * @param region which part of it detection looks at; empty for all
   * @throws InputException if it cannot be read
   */
  static Shot read(
      String name,
      Path file,
      ImageReader reader,
      InputSizes sizes,
      Optional<FilledRegion> region,
      Optional<Tiling> tiling) {
    byte[] bytes = reader.bytes(file);
    return of(name, bytes, reader.read(bytes, file.toString()), sizes, region, tiling);
  }

  /** A file's image that is read already. */
  static Shot of(
      String name,
      byte[] bytes,
      RgbImage image,
      InputSizes sizes,
      Optional<FilledRegion> region,
      Optional<Tiling> tiling) {
    RgbImage coarse = doubled(image, sizes.side());
    return new Shot(
        new Provenance.Shot(name, Sha256.of(bytes)),
        coarse,
        region
            .map(some -> doubled(spread(image, some.region()), sizes.largest()))
            .orElseGet(
                () -> sizes.largest() == sizes.side() ? coarse : doubled(image, sizes.largest())),
        sizes.prepare(image, region),
        tiling.map(how -> ShotTiles.of(image, how, sizes, region)));
  }

  /**
   * What an epoch looks at: the shot, or one of its tiles. Every tile has its turn before one comes
   * again, in an order that the seed fixes.
   *
   * @param seed of the training
   * @param index the shot's
   * @param epoch counted from 0
   */
  Shot in(long seed, int index, int epoch) {
    if (tiles.isEmpty()) {
      return this;
    }
    int count = tiles.get().count();
    int[] order = Draws.permutation(Draws.of(seed, "tile", index, epoch / count), count);
    RgbImage tile = tiles.get().doubled(order[epoch % count]);
    return new Shot(origin, tile, tile, whole, Optional.empty());
  }

  /** A view moves pixels across the region's border: none of what is ignored may come with them. */
  private static RgbImage spread(RgbImage image, Region region) {
    return Overpainting.spread(image, region.rows(image.height()));
  }

  /** The class that it shows: a shot is named {@code class/file}. */
  String product() {
    String name = origin.name();
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  static RgbImage doubled(RgbImage image, int side) {
    return Resampler.resize(image, 2 * side, 2 * side);
  }
}
