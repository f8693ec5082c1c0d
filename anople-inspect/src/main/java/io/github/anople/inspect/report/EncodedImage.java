package io.github.anople.inspect.report;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures with the JDK's writers. */
final class EncodedImage {

  /** High enough that a thin scratch survives in a thumbnail. */
  private static final float JPEG_QUALITY = 0.88f;

  private EncodedImage() {}

  static void writePng(RenderedImage image, OutputStream out) throws IOException {
    write("png", image, 0, out);
  }

  static Thumbnail png(BufferedImage image) {
    return thumbnail(Thumbnail.Format.PNG, image, 0);
  }

  static Thumbnail jpeg(BufferedImage image) {
    return thumbnail(Thumbnail.Format.JPEG, image, JPEG_QUALITY);
  }

  private static Thumbnail thumbnail(Thumbnail.Format format, BufferedImage image, float quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(format.name(), image, quality, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written to", e);
    }
    return new Thumbnail(format, image.getWidth(), image.getHeight(), bytes.toByteArray());
  }

  private static void write(String format, RenderedImage image, float quality, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (quality > 0) {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
    }
    // A stream of one's own: ImageIO.write picks one that caches in a file.
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
  }
}
