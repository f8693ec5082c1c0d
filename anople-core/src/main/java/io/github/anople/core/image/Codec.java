package io.github.anople.core.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The decoders, each bound to its implementation: what other plug-ins an application registers with
 * {@link ImageIO}, and whose class loader looks for them, changes nothing here. Bytes go in from
 * memory, so no disk cache is involved.
 */
final class Codec {

  static final Codec PNG = new Codec(platform("png"), true);
  static final Codec JPEG = new Codec(platform("jpeg"), true);
  static final Codec BMP = new Codec(new BMPImageReaderSpi(), false);
  static final Codec TIFF = new Codec(new TIFFImageReaderSpi(), false);
  static final Codec WEBP = new Codec(new WebPImageReaderSpi(), false);

  private final ImageReaderSpi provider;

  /**
   * Whether a warning means a damaged picture. The JDK's decoders go on after damage and paint the
   * rest grey; TwelveMonkeys' stop at damage, and warn about oddities of sound files.
   */
  private final boolean strict;

  private Codec(ImageReaderSpi provider, boolean strict) {
    this.provider = provider;
    this.strict = strict;
  }

  /**
   * The JDK's own decoder. Its classes are not exported, but its registration does not depend on
   * anything on the class path.
   */
  private static ImageReaderSpi platform(String format) {
    Iterator<ImageReaderSpi> found =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider ->
                    provider.getClass().getModule() == ImageIO.class.getModule()
                        && Arrays.asList(((ImageReaderSpi) provider).getFormatNames())
                            .contains(format),
                false);
    if (!found.hasNext()) {
      throw new IllegalStateException("this Java runtime has no " + format + " decoder");
    }
    return found.next();
  }

  /** The first picture, decoded as the file stores it. */
  BufferedImage read(ByteBuffer file) throws IOException {
    return decode(file, reader -> reader.read(0));
  }

  /**
   * The first picture's samples, without conversion of colours; not every decoder can.
   *
   * @param warnings takes what the decoder warns of, for the caller to judge
   */
  Raster readRaster(ByteBuffer file, Consumer<String> warnings) throws IOException {
    return decode(file, reader -> reader.readRaster(0, null), warnings);
  }

  @FunctionalInterface
  private interface Decoding<T> {
    T by(ImageReader reader) throws IOException;
  }

  private <T> T decode(ByteBuffer file, Decoding<T> decoding) throws IOException {
    List<String> warnings = new ArrayList<>();
    T decoded =
        decode(
            file,
            decoding,
            warning -> {
              if (warnings.isEmpty()) {
                warnings.add(warning);
              }
            });
    if (strict && !warnings.isEmpty()) {
      throw ImageException.damaged("its decoder says: " + warnings.get(0));
    }
    return decoded;
  }

  private <T> T decode(ByteBuffer file, Decoding<T> decoding, Consumer<String> warnings)
      throws IOException {
    ImageReader reader = provider.createReaderInstance();
    try (ByteArrayImageInputStream input = stream(file)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.accept(warning));
      reader.setInput(input, true, true);
      return decoding.by(reader);
    } finally {
      reader.dispose();
    }
  }

  private static ByteArrayImageInputStream stream(ByteBuffer file) {
    return new ByteArrayImageInputStream(
        file.array(), file.arrayOffset() + file.position(), file.remaining());
  }
}
