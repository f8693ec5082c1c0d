package io.github.anople.lab.speed.jmh;

import io.github.anople.core.detect.ScoreMap;
import io.github.anople.inspect.metric.ImageMetrics;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.metric.PixelMetrics;
import io.github.anople.inspect.metric.PixelScores;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All metrics of a category: half of its pictures have a square defect. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MetricsBenchmark {

  private static final int SIDE = 240;

  /** Pictures of the category. */
  @Param({"100"})
  public int images;

  private float[][] maps;
  private byte[] mask;

  /** For JMH. */
  public MetricsBenchmark() {}

  /** Draws maps of noise, brighter in the defect. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(7);
    mask = new byte[SIDE * SIDE];
    for (int i = 0; i < mask.length; i++) {
      boolean inside = Math.abs(i / SIDE - 100) < 20 && Math.abs(i % SIDE - 80) < 20;
      mask[i] = (byte) (inside ? 1 : 0);
    }
    maps = new float[images][SIDE * SIDE];
    for (int image = 0; image < images; image++) {
      for (int i = 0; i < mask.length; i++) {
        int defect = image % 2 * mask[i];
        maps[image][i] = (float) (random.nextDouble() * 0.4 + 0.1 * defect);
      }
    }
  }

  /**
   * The project's metrics, AUPRO included.
   *
   * @return for JMH
   */
  @Benchmark
  public MetricTable anople() {
    PixelScores pixels = new PixelScores();
    double[] normal = new double[(images + 1) / 2];
    double[] anomalous = new double[images / 2];
    for (int image = 0; image < images; image++) {
      ScoreMap map = ScoreMap.of(SIDE, maps[image]);
      if (image % 2 == 0) {
        pixels.add(map);
        normal[image / 2] = maps[image][0];
      } else {
        pixels.add(map, mask);
        anomalous[image / 2] = maps[image][0];
      }
    }
    return MetricTable.of(ImageMetrics.of(normal, anomalous), PixelMetrics.of(List.of(pixels)));
  }
}
