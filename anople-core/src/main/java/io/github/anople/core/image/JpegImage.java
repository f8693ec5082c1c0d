package io.github.anople.core.image;

import io.github.anople.core.image.PictureNote.Kind;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** A JPEG file. Thumbnails are ignored, and so are further pictures behind the first. */
record JpegImage(JpegStream stream, JpegColors colors) implements EncodedImage {

  static JpegImage parse(ByteBuffer file, Reading reading) throws ImageException {
    JpegStream stream = JpegStream.parse(file, ByteBuffer.allocate(0));
    if (stream.furtherPictures() > 0) {
      reading.note(
          Kind.FURTHER_PAGES,
          "has %d pictures, of which the first alone was read"
              .formatted(1 + stream.furtherPictures()));
    }
    return new JpegImage(stream, stream.colors());
  }

  @Override
  public long width() {
    return stream.width();
  }

  @Override
  public long height() {
    return stream.height();
  }

  @Override
  public Orientation orientation() {
    return stream.orientation();
  }

  @Override
  public int heapPerPixel() {
    // Three components are converted where they lie.
    return stream.components() == RgbImage.BANDS ? 0 : stream.components();
  }

  @Override
  public RgbImage decode(Reading reading) throws IOException {
    Raster raster = JpegDamage.raster(stream, reading);
    int[] all = IntStream.range(0, stream.components()).toArray();
    return colors.toRgb(raster.getWidth(), raster.getHeight(), Rasters.interleaved(raster, all));
  }
}
