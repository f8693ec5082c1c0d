package io.github.anople.lab.speed.jmh;

import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.lab.speed.DrawnImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a file's bytes to pixels, by the project's reader and by the JDK alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecodeBenchmark {

  /** The kind of file. */
  @Param({"jpeg", "png"})
  public String format;

  /** Of a picture that is four to three. */
  @Param({"1000000", "12000000"})
  public int pixels;

  private byte[] bytes;

  /** For JMH. */
  public DecodeBenchmark() {}

  /**
   * Draws the picture; both readers must see the same.
   *
   * @throws IOException never, bytes being in memory
   */
  @Setup
  public void draw() throws IOException {
    int width = (int) Math.round(Math.sqrt(pixels * 4.0 / 3));
    bytes = DrawnImage.encode(DrawnImage.draw(width, pixels / width, 1), format);
    if (!anople().equals(RgbImage.of(imageIo()))) {
      throw new IllegalStateException("the two readers disagree");
    }
  }

  /**
   * The project's reader: limits, orientation and colours seen to.
   *
   * @return for JMH
   */
  @Benchmark
  public RgbImage anople() {
    return new ImageReader().read(bytes, "picture");
  }

  /**
   * The JDK's.
   *
   * @return for JMH
   * @throws IOException never, bytes being in memory
   */
  @Benchmark
  public BufferedImage imageIo() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }
}
