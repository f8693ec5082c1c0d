package io.github.anople.lab.speed.jmh;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.lab.speed.DrawnImage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pillow's bicubic to the encoder's size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ResizeBenchmark {

  private static final int SIDE = 240;

  /** Of a picture that is four to three. */
  @Param({"1000000", "12000000"})
  public int pixels;

  private RgbImage image;

  /** For JMH. */
  public ResizeBenchmark() {}

  /** Draws the picture. */
  @Setup
  public void draw() {
    int width = (int) Math.round(Math.sqrt(pixels * 4.0 / 3));
    image = RgbImage.of(DrawnImage.draw(width, pixels / width, 1));
  }

  /**
   * The project's resampler.
   *
   * @return for JMH
   */
  @Benchmark
  public RgbImage anople() {
    return Resampler.resize(image, SIDE, SIDE);
  }
}
