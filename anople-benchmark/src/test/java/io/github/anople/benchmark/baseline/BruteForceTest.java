package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PatchCore and PaDiM against the same formulas written out in loops, on drawn numbers. */
class BruteForceTest {

  private static final int WIDTH = 6;

  private static float[] drawn(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static List<double[]> rows(float[] values, int width) {
    List<double[]> rows = new ArrayList<>();
    for (int start = 0; start < values.length; start += width) {
      double[] row = new double[width];
      for (int i = 0; i < width; i++) {
        row[i] = values[start + i];
      }
      rows.add(row);
    }
    return rows;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double[] nearest(double[] query, List<double[]> memory) {
    return memory.stream().min(Comparator.comparingDouble(m -> distance(query, m))).orElseThrow();
  }

  /** Equations 6 and 7 of the PatchCore paper, in their order. */
  private static double patchCore(List<double[]> queries, List<double[]> memory, int neighbours) {
    double[] worst =
        queries.stream()
            .max(Comparator.comparingDouble(q -> distance(q, nearest(q, memory))))
            .orElseThrow();
    double[] star = nearest(worst, memory);
    double largest = distance(worst, star);
    double sum =
        memory.stream()
            .sorted(Comparator.comparingDouble(m -> distance(star, m)))
            .limit(neighbours)
            .mapToDouble(m -> Math.exp(distance(worst, m)))
            .sum();
    return (1 - Math.exp(largest) / sum) * largest;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void patchCoresImageScoreIsThatOfTheFormulas(int seed) {
    Random random = new Random(seed);
    int patches = 7 + seed;
    int remembered = 11 * seed;
    int neighbours = 1 + 2 * seed;
    float[] queries = drawn(random, 2 * patches * WIDTH);
    float[] memory = drawn(random, remembered * WIDTH);

    float[] scores =
        TensorScope.inference(
            () -> {
              var rows = Tensors.of(memory, remembered, WIDTH);
              var images = Tensors.of(queries, 2, patches, WIDTH);
              NearestRows near = NearestRows.of(images.flatten(0, 1), rows, 1);
              return Tensors.floats(WeightedMaximum.of(images, near, rows, neighbours).score());
            });

    List<double[]> asked = rows(queries, WIDTH);
    for (int image = 0; image < 2; image++) {
      double expected =
          patchCore(
              asked.subList(image * patches, (image + 1) * patches),
              rows(memory, WIDTH),
              neighbours);
      assertEquals(expected, scores[image], 1e-5, "seed " + seed + ", image " + image);
    }
  }

  /** (x − μ)ᵀΣ⁻¹(x − μ) of one place, the system solved by elimination. */
  private static double gaussian(double[] query, List<double[]> shots, double epsilon) {
    int width = query.length;
    double[] mean = new double[width];
    for (double[] shot : shots) {
      for (int i = 0; i < width; i++) {
        mean[i] += shot[i] / shots.size();
      }
    }
    double[][] system = new double[width][width + 1];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        for (double[] shot : shots) {
          system[i][j] += (shot[i] - mean[i]) * (shot[j] - mean[j]) / (shots.size() - 1);
        }
      }
      system[i][i] += epsilon;
      system[i][width] = query[i] - mean[i];
    }
    double[] solved = solved(system);
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (query[i] - mean[i]) * solved[i];
    }
    return Math.sqrt(sum);
  }

  /** Without pivots: the matrix is positive definite. */
  private static double[] solved(double[][] system) {
    int width = system.length;
    for (int pivot = 0; pivot < width; pivot++) {
      for (int row = 0; row < width; row++) {
        if (row != pivot) {
          double factor = system[row][pivot] / system[pivot][pivot];
          for (int column = pivot; column <= width; column++) {
            system[row][column] -= factor * system[pivot][column];
          }
        }
      }
    }
    double[] solution = new double[width];
    for (int i = 0; i < width; i++) {
      solution[i] = system[i][width] / system[i][i];
    }
    return solution;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void padimsDistancesAreThoseOfTheGaussians(int seed) {
    Random random = new Random(seed);
    int count = 2 + seed;
    int height = 2;
    int across = 3;
    int places = height * across;
    float[] shots = drawn(random, count * places * WIDTH);
    float[] query = drawn(random, places * WIDTH);

    float[] distances =
        TensorScope.inference(
            () -> {
              PositionGaussians fitted =
                  PositionGaussians.of(Tensors.of(shots, count, height, across, WIDTH), 0.01);
              return Tensors.floats(
                  PositionGaussians.distances(
                      Tensors.of(query, 1, height, across, WIDTH),
                      fitted.mean(),
                      fitted.whitening()));
            });

    List<double[]> all = rows(shots, WIDTH);
    for (int place = 0; place < places; place++) {
      List<double[]> there = new ArrayList<>();
      for (int shot = 0; shot < count; shot++) {
        there.add(all.get(shot * places + place));
      }
      double expected = gaussian(rows(query, WIDTH).get(place), there, 0.01);
      assertEquals(expected, distances[place], 1e-4 * expected, "seed " + seed + ", " + place);
    }
  }
}
