package io.github.anople.core.image;

import io.github.anople.core.InputException;
import io.github.anople.core.StandIn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Tells formats apart by how a file begins. */
final class Formats {

  private Formats() {}

  /**
   * Looks at a file's structure.
   *
   * @param bytes the whole file
   * @param reading takes notes
   */
  static EncodedImage parse(byte[] bytes, Reading reading) throws ImageException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (PngImage.matches(bytes)) {
      return PngImage.parse(file, reading);
    }
    if (bytes.length >= 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8) {
      return JpegImage.parse(file, reading);
    }
    if (TiffImage.matches(bytes)) {
      return TiffImage.parse(file, reading);
    }
    if (WebpImage.matches(bytes)) {
      return WebpImage.parse(file, reading);
    }
    if (BmpImage.matches(bytes)) {
      return BmpImage.parse(file, reading);
    }
    if (PnmImage.matches(bytes)) {
      return PnmImage.parse(file);
    }
    if (PlainPnm.matches(bytes)) {
      return PnmImage.parse(PlainPnm.binary(file));
    }
    Optional<String> other = OtherFormats.name(bytes);
    if (other.isPresent()) {
      throw new ImageException(
          "is " + other.get() + ", which is not read", "save it as PNG or TIFF");
    }
    refuseStandIn(bytes);
    throw new ImageException(
        "is not a PNG, JPEG, BMP, TIFF, WebP, PGM or PPM picture (it begins with \""
            + start(bytes)
            + "\")",
        "give a picture, or save it as PNG");
  }

  /** A data set's pictures may be pointers that were never fetched, or a server's pages. */
  private static void refuseStandIn(byte[] bytes) throws ImageException {
    byte[] start = Arrays.copyOf(bytes, Math.min(StandIn.START, bytes.length));
    Optional<InputException> fault = StandIn.find("", start);
    if (fault.isPresent()) {
      throw new ImageException(fault.get().problem(), fault.get().remedy());
    }
  }

  private static String start(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
    return start.replaceAll("[^ -~]", "?");
  }
}
