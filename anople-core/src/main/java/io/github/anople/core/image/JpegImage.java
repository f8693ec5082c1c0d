package io.github.anople.core.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** A JPEG file. Thumbnails and further pictures behind the first are ignored. */
record JpegImage(JpegStream stream, JpegColors colors) implements EncodedImage {

  static JpegImage parse(ByteBuffer file) throws ImageException {
    JpegStream stream = JpegStream.parse(file, ByteBuffer.allocate(0));
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
  public RgbImage decode() throws IOException {
    Raster raster = Codec.JPEG.readRaster(stream.imageOnly());
    int[] all = IntStream.range(0, stream.components()).toArray();
    return colors.toRgb(raster.getWidth(), raster.getHeight(), Rasters.interleaved(raster, all));
  }
}
