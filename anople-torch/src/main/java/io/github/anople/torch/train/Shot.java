package io.github.anople.torch.train;

import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;

/**
 * A good picture in memory, at the two sizes that training needs; still in 8 bits, to stay small.
 *
 * @param origin its file's name and hash
 * @param image at 2S×2S, what views are cut from
 * @param whole at S×S, what detection would see
 */
record Shot(Provenance.Shot origin, RgbImage image, RgbImage whole) {

  static Shot read(String product, Path file, ImageReader reader, int side) {
    RgbImage image = reader.read(file);
    return new Shot(
        new Provenance.Shot(product + "/" + file.getFileName(), Sha256.of(file)),
        Resampler.resize(image, 2 * side, 2 * side),
        Resampler.resize(image, side, side));
  }
}
