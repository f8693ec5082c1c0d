package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskReaderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"png,1", "png,255", "png,256", "png,65535", "tif,1", "tif,65535"})
  void anySampleOf16BitsThatIsNotZeroMarksADefect(String format, int label) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 0, 0, label);
    Path file = folder.resolve("mask." + format);
    ImageIO.write(image, format, file.toFile());
    assertArrayEquals(new byte[] {0, 1, 0, 0}, new MaskReader(2).read(file).marks());
  }
}
