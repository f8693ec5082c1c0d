package io.github.anople.torch.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortlistTest {

  private static final int WIDTH = 64;
  private static final int TILE = 3000;

  /** Rows of a few directions, noise beside them: as patches are, or all but equal, or anything. */
  @ParameterizedTest
  @CsvSource({
    "5000, 8, .02, true",
    "7001, 16, .3, true", // more is left than is worth choosing
    "4096, 1, 0, true", // copies of one row
    "4096, 64, 1, false", // anything
    "4095, 8, .02, false" // few
  })
  void findsTheNearestOfAllRows(int size, int rank, double noise, boolean chosen) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (OwnedTensors owner = new OwnedTensors()) {
      TensorScope.inference(
          () -> {
            Tensor directions = gaussian(random, rank, WIDTH);
            Tensor rows = rows(random, size, directions, noise);
            Tensor queries =
                Tensors.concat(
                    0,
                    rows(random, 40, directions, noise),
                    rows(random, 5, directions, 3), // far from all
                    rows.narrow(0, size - 1, 1), // one of them, the last
                    rows.select(0, 0).neg().unsqueeze(0)); // opposite to one
            Shortlist shortlist = Shortlist.of(rows, owner).orElse(null);

            assertEquals(chosen, shortlist != null, "seed " + seed);
            if (chosen) {
              float[] wanted =
                  Tensors.floats(torch.matmul(queries, rows.t()).amax(new long[] {1}, false));
              float[] got = Tensors.floats(shortlist.largest(queries, rows, TILE));
              assertArrayEquals(wanted, got, 1e-6f, "seed " + seed);
            }
            return null;
          });
    }
  }

  @Test
  void aMemoryThatChoosesMeasuresAsOneThatDoesNot() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (OwnedTensors owner = new OwnedTensors()) {
      TensorScope.inference(
          () -> {
            Tensor directions = gaussian(random, 6, WIDTH);
            Tensor rows = rows(random, 20_000, directions, .1); // two tiles
            Tensor images = rows(random, 3 * 25, directions, .1).view(3, 25, WIDTH);
            Tensor table = torch.matmul(images.flatten(0, 1), rows.t());
            Tensor nearest = table.amax(new long[] {1}, false).neg().add(new Scalar(1.0));
            float[] wanted = Tensors.floats(nearest.mul(new Scalar(.5)));

            Tensor distances = new MemoryBank(rows, owner).distances(images);

            assertArrayEquals(new long[] {3, 25}, Tensors.shape(distances));
            assertArrayEquals(wanted, Tensors.floats(distances), 1e-6f, "seed " + seed);
            return null;
          });
    }
  }

  private static Tensor rows(Random random, int count, Tensor directions, double noise) {
    Tensor along = torch.matmul(gaussian(random, count, (int) directions.size(0)), directions);
    Tensor rest = gaussian(random, count, WIDTH).mul(new Scalar(noise));
    return Tensors.normalize(along.add(rest));
  }

  private static Tensor gaussian(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.of(values, rows, columns);
  }
}
