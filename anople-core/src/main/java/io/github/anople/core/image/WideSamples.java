package io.github.anople.core.image;

import java.awt.image.Raster;
import java.util.function.IntPredicate;

/**
 * The colour samples of a raster of 16 bits a sample.
 *
 * @param raster the samples
 * @param bands how many of its bands are colours; the rest is alpha
 */
record WideSamples(Raster raster, int bands) implements SampleDepth.Samples {

  @Override
  public int largest() {
    int[] largest = new int[1];
    all(
        sample -> {
          largest[0] = Math.max(largest[0], sample);
          return true;
        });
    return largest[0];
  }

  @Override
  public boolean stretchedFrom(int bits) {
    int rest = Short.SIZE - bits;
    return all(
        sample -> {
          int value = sample >>> rest;
          return sample == value << rest || sample == (value << rest | value >>> (bits - rest));
        });
  }

  private boolean all(IntPredicate holds) {
    int[] row = new int[raster.getWidth()];
    for (int band = 0; band < bands; band++) {
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row);
        for (int sample : row) {
          if (!holds.test(sample)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
