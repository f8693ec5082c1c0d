package io.github.anople.core.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageWriterSpi;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures drawn for these tests, and files that common writers make of them. */
final class TestImages {

  static final int WIDTH = 24;
  static final int HEIGHT = 16;

  private TestImages() {}

  /** Red grows to the right, green downwards, blue towards the lower right corner. */
  static RgbImage pattern() {
    byte[] samples = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0, at = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        samples[at++] = (byte) (255 * x / (WIDTH - 1));
        samples[at++] = (byte) (255 * y / (HEIGHT - 1));
        samples[at++] = (byte) (255 * (x + y) / (WIDTH + HEIGHT - 2));
      }
    }
    return RgbImage.of(WIDTH, HEIGHT, samples);
  }

  /** A level for each column and row, the same in all three channels. */
  static RgbImage grey(int width, int height, IntBinaryOperator level) {
    byte[] samples = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      byte value = (byte) level.applyAsInt(i % width, i / width);
      Arrays.fill(samples, 3 * i, 3 * i + 3, value);
    }
    return RgbImage.of(width, height, samples);
  }

  /** One band of so many bits a sample, each sample the index of its column. */
  static BufferedImage indexed(int bits, byte[] red, byte[] green, byte[] blue) {
    IndexColorModel palette = new IndexColorModel(bits, red.length, red, green, blue);
    WritableRaster raster =
        bits < 8
            ? Raster.createPackedRaster(DataBuffer.TYPE_BYTE, red.length, 2, 1, bits, null)
            : Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, red.length, 2, 1, null);
    for (int x = 0; x < red.length; x++) {
      raster.setSample(x, 0, 0, x);
      raster.setSample(x, 1, 0, red.length - 1 - x);
    }
    return new BufferedImage(palette, raster, false, null);
  }

  static byte[] write(BufferedImage image, String format) {
    return write(format, new IIOImage(image, null, null), param -> {});
  }

  /** As the JDK's writer of that format writes it. */
  static byte[] write(String format, IIOImage image, Consumer<ImageWriteParam> settings) {
    return write(ImageIO.getImageWritersByFormatName(format).next(), image, settings);
  }

  static byte[] jpeg(RgbImage image, float quality) {
    return write(
        "jpeg",
        new IIOImage(rgb(image), null, null),
        param -> {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionQuality(quality);
        });
  }

  static byte[] tiff(BufferedImage image, String compression) {
    return write(
        new TIFFImageWriterSpi().createWriterInstance(null),
        new IIOImage(image, null, null),
        param -> {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionType(compression);
        });
  }

  private static byte[] write(
      ImageWriter writer, IIOImage image, Consumer<ImageWriteParam> settings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      settings.accept(param);
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With three bytes a pixel, which every writer takes. */
  static BufferedImage rgb(RgbImage image) {
    BufferedImage bgr =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    bgr.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    return bgr;
  }

  static byte[] resource(String name) {
    try (InputStream in = TestImages.class.getResourceAsStream("/images/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
