package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;

/**
 * A good image in memory, at the two sizes that training needs; still in 8 bits, to stay small.
 *
 * @param origin its file's name and hash
 * @param image at 2S×2S, what views are cut from
 * @param whole at S×S, what detection would see
 */
public record Shot(Provenance.Shot origin, RgbImage image, RgbImage whole) {

  /** Reads an image of a product; it is named {@code product/file}. */
  static Shot of(String product, Path file, ImageReader reader, int side) {
    return read(product + "/" + file.getFileName(), file, reader, side);
  }

  /**
   * Reads a file, once: the hash is of the bytes that were decoded.
   *
   * @param name its name in the provenance
   * @param file the image
   * @param reader reads it
   * @param side S
   * @throws InputException if it cannot be read
   */
  static Shot read(String name, Path file, ImageReader reader, int side) {
    byte[] bytes = reader.bytes(file);
    RgbImage image = reader.read(bytes, file.toString());
    return new Shot(
        new Provenance.Shot(name, Sha256.of(bytes)),
        Resampler.resize(image, 2 * side, 2 * side),
        Resampler.resize(image, side, side));
  }
}
