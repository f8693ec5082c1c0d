package io.github.anople.core.image;

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

/** Encodes images with the JDK's writers. */
public final class ImageEncoder {

  private ImageEncoder() {}

  /**
   * A JPEG file.
   *
   * @param image eight bits a channel, without transparency
   * @param quality above 0, at most 1; smaller files lose more
   * @return the file's bytes
   * @throws IllegalArgumentException if the quality is out of range
   */
  public static byte[] jpeg(RenderedImage image, float quality) {
    if (!(quality > 0 && quality <= 1)) {
      throw new IllegalArgumentException("a JPEG quality of " + quality);
    }
    return bytes("jpeg", image, quality);
  }

  /**
   * A PNG file.
   *
   * @param image the image
   * @return the file's bytes
   */
  public static byte[] png(RenderedImage image) {
    return bytes("png", image, 0);
  }

  /**
   * Writes a PNG file.
   *
   * @param image the image
   * @param out where to; it stays open
   * @throws IOException if it cannot be written to
   */
  public static void writePng(RenderedImage image, OutputStream out) throws IOException {
    write("png", image, 0, out);
  }

  private static byte[] bytes(String format, RenderedImage image, float quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(format, image, quality, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written to", e);
    }
    return bytes.toByteArray();
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
