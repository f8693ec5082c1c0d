package io.github.anople.core.image;

import java.io.IOException;

/**
 * A picture file whose structure has been checked, and whose pixels have not been decoded yet: what
 * its header claims can be held against the limits before any memory is spent on it.
 */
sealed interface EncodedImage
    permits BmpImage, JpegImage, PngImage, PnmImage, TiffImage, WebpImage {

  /** Columns as stored, before orientation; whatever the file claims, so perhaps not positive. */
  long width();

  /** Rows as stored. */
  long height();

  /** How the stored picture is to be turned, {@link Orientation#UPRIGHT} where nothing is said. */
  Orientation orientation();

  /** Java heap that decoding takes, in bytes a pixel, without the file and the finished picture. */
  int heapPerPixel();

  /**
   * The pixels as stored, before orientation.
   *
   * @param reading what is asked for; takes notes
   * @throws IOException if they cannot be decoded; a decoder may also throw about any unchecked
   *     exception on damaged data
   */
  RgbImage decode(Reading reading) throws IOException;
}
