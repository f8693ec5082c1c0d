package io.github.anople.torch.encoder;

import org.bytedeco.pytorch.Tensor;

/**
 * A frozen network that tells what each patch of an image looks like: what a memory of good patches
 * is made of, beside or instead of the backbone's own layers.
 *
 * <p>Safe to share between threads. Close it where it is not somebody else's.
 */
public interface PatchEncoder extends AutoCloseable {

  /**
   * The side S of the square images that it takes.
   *
   * @return pixels
   */
  int imageSize();

  /**
   * The side g of its grid of patches.
   *
   * @return patches along each axis
   */
  int grid();

  /**
   * The length d of a patch's feature.
   *
   * @return numbers
   */
  int width();

  /**
   * What images look like.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]; the encoder normalises them in its own
   *     way
   * @return {@code [images, g², d]}, row-major on the grid, each row of unit length, of the current
   *     scope
   */
  Tensor encode(Tensor images);

  @Override
  void close();
}
