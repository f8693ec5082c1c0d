package io.github.anople.torch.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Scores of a memory against an independent implementation's. */
class MemoryScoresGoldenTest {

  private final Golden nearest = Golden.open("scoring/nearest.safetensors");
  private final Golden coreset = Golden.open("scoring/patchcore.safetensors");

  @Test
  void theNearestPatchByCosineAndWhichOneItIs() {
    try (OwnedTensors owner = new OwnedTensors()) {
      TensorScope.inference(
          () -> {
            MemoryBank memory = new MemoryBank(rows("shots").flatten(0, 1), owner);
            Tensor queries = rows("queries");
            MemoryBank.Nearest found = memory.nearest(queries);
            nearest.check("cosine/map", Tensors.floats(found.distances()));
            nearest.check("cosine/map", Tensors.floats(memory.distances(queries)));
            GoldenModel.checkNumbers(nearest, "cosine/index", found.rows());
            return null;
          });
    }
  }

  /** Rows of unit length, {@code [images, h · w, d]}. */
  private Tensor rows(String name) {
    return Tensors.normalize(GoldenModel.whole(nearest, name)).flatten(1, 2);
  }

  @Test
  void theImagesScoreIsTheHighestValueOrTheMeanOfTheHighestHundredth() {
    TensorScope.inference(
        () -> {
          for (String distance : new String[] {"cosine", "l2"}) {
            Tensor map = GoldenModel.whole(nearest, distance + "/map");
            nearest.check(distance + "/max", Tensors.floats(ImageScore.MAX.of(map)));
            nearest.check(distance + "/top1", Tensors.floats(ImageScore.TOP1.of(map)));
            nearest.check(
                distance + "/top1", Tensors.floats(ImageScore.TOP1.of(map.flatten(1, 2))));
          }
          return null;
        });
  }

  /** 199 values have a hundredth of one, 200 of two. */
  @Test
  void fewValuesHaveAHundredthOfOne() {
    assertEquals(1, ImageScore.highest(4));
    assertEquals(1, ImageScore.highest(199));
    assertEquals(2, ImageScore.highest(200));
    TensorScope.inference(
        () -> {
          Tensor map = Tensors.of(new float[] {3, 1, 4, 1}, 1, 2, 2);
          assertEquals(4, ImageScore.TOP1.of(map).item_float());
          return null;
        });
  }

  /** The second tile's rows are numbered on from the first one's. */
  @Test
  void aRowBeyondTheFirstTileIsFound() {
    try (OwnedTensors owner = new OwnedTensors()) {
      TensorScope.inference(
          () -> {
            long count = 16_384 + 3;
            Tensor rows = Tensors.of(new float[] {1, 0}, 1, 2).repeat(count, 1);
            rows.select(0, count - 2).copy_(Tensors.of(new float[] {0, 1}, 2));
            Tensor queries = Tensors.of(new float[] {0, 1, 0, -1}, 1, 2, 2);
            MemoryBank.Nearest found = new MemoryBank(rows, owner).nearest(queries);
            assertArrayEquals(new float[] {0, 0.5f}, Tensors.floats(found.distances()));
            assertEquals(count - 2, found.rows().select(1, 0).item_long());
            return null;
          });
    }
  }

  @Test
  void theHighestHundredthIsThatOfTheReference() {
    long[] shape = nearest.shape("cosine/map");

    assertEquals("1", nearest.setting("top_percent"), "top1 is one percent");
    assertEquals(
        Long.parseLong(nearest.setting("top_count")), ImageScore.highest(shape[1] * shape[2]));
  }

  @Test
  void theCoresetTakesTheSameRowsByThePointsAndByTheirProjections() {
    TensorScope.inference(
        () -> {
          Tensor points = GoldenModel.whole(coreset, "coreset/points");
          Tensor projected = torch.matmul(points, GoldenModel.whole(coreset, "coreset/projection"));
          check(points, "");
          check(projected, "_projected");
          return null;
        });
  }

  private void check(Tensor points, String suffix) {
    int count = Integer.parseInt(coreset.setting("count"));
    long start = Long.parseLong(coreset.setting("start"));
    long[] places = Coreset.farthestFirst(points, count, start);

    assertArrayEquals(coreset.longs("coreset/index" + suffix), places);
    coreset.check("coreset/radius" + suffix, Coreset.radii(points, places));
  }
}
