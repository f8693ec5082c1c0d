package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.ImageScore;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** PatchCore's parts against an independent implementation's. */
class PatchCoreGoldenTest {

  private static final String FEWER = "reweighted/score_of_";

  private final Golden nearest = Golden.open("scoring/nearest.safetensors");
  private final Golden patchcore = Golden.open("scoring/patchcore.safetensors");

  @Test
  void theNearestRowByEuclideanDistanceAndWhichOneItIs() {
    TensorScope.inference(
        () -> {
          NearestRows found =
              NearestRows.of(rows("queries").flatten(0, 1), rows("shots").flatten(0, 1), 1);
          Tensor map = found.distances().view(nearest.shape("l2/map"));
          nearest.check("l2/map", Tensors.floats(map));
          GoldenModel.checkNumbers(nearest, "l2/index", found.rows());
          nearest.check("l2/max", Tensors.floats(ImageScore.MAX.of(map)));
          nearest.check("l2/top1", Tensors.floats(ImageScore.TOP1.of(map)));
          return null;
        });
  }

  /** {@code [images, h · w, d]}. */
  private Tensor rows(String name) {
    return GoldenModel.whole(nearest, name).flatten(1, 2);
  }

  @Test
  void theLargestDistanceIsWeightedByHowRareItsRowIs() {
    TensorScope.inference(
        () -> {
          Tensor memory = rows("shots").flatten(0, 1);
          long neighbours = Long.parseLong(nearest.setting("b"));
          WeightedMaximum all = weighted(memory, neighbours);
          nearest.check("reweighted/score", Tensors.floats(all.score()));
          nearest.check("reweighted/weight", Tensors.floats(all.weight()));
          GoldenModel.checkNumbers(nearest, "reweighted/patch", all.patch());
          GoldenModel.checkNumbers(nearest, "reweighted/row", all.row());
          for (String name : nearest.names()) {
            if (name.startsWith(FEWER)) {
              long rows = Long.parseLong(name.substring(FEWER.length()));
              WeightedMaximum few = weighted(memory.narrow(0, 0, rows), neighbours);
              nearest.check(name, Tensors.floats(few.score()));
            }
          }
          return null;
        });
  }

  private WeightedMaximum weighted(Tensor memory, long neighbours) {
    Tensor queries = rows("queries");
    return WeightedMaximum.of(
        queries, NearestRows.of(queries.flatten(0, 1), memory, 1), memory, neighbours);
  }

  @Test
  void withoutASecondNeighbourThereIsNoWeight() {
    TensorScope.inference(
        () -> {
          Tensor memory = rows("shots").flatten(0, 1);
          float[] largest = nearest.floats("l2/max");
          assertArrayEquals(largest, Tensors.floats(weighted(memory, 1).score()), 1e-5f);

          WeightedMaximum one = weighted(memory.narrow(0, 0, 1), 9);
          assertEquals(1, one.weight().min().item_float());
          assertTrue(one.score().min().item_float() > 0, "one row is a memory too");
          return null;
        });
  }

  @Test
  void featuresKnowWhatIsAroundThem() {
    int places = Integer.parseInt(patchcore.setting("neighbourhood"));
    LocalFeatures zero = new LocalFeatures(places, LocalFeatures.Border.ZERO);
    LocalFeatures valid = new LocalFeatures(places, LocalFeatures.Border.VALID);
    TensorScope.inference(
        () -> {
          Tensor fine = GoldenModel.whole(patchcore, "layer_a");
          Tensor coarse = GoldenModel.whole(patchcore, "layer_b");
          patchcore.check("local/zero", Tensors.floats(zero.means(coarse)));
          patchcore.check("local/valid", Tensors.floats(valid.means(coarse)));
          patchcore.check("joined", Tensors.floats(zero.joined(List.of(fine, coarse))));
          patchcore.check("joined_valid", Tensors.floats(valid.joined(List.of(fine, coarse))));
          Tensor mapped =
              zero.mapped(
                  List.of(fine, coarse),
                  Long.parseLong(patchcore.setting("width")),
                  Long.parseLong(patchcore.setting("target")));
          patchcore.check("mapped", Tensors.floats(mapped));
          return null;
        });
  }

  @Test
  void averagedDownToTheLayersWidthANeighbourhoodIsItsMean() {
    LocalFeatures around = new LocalFeatures(3, LocalFeatures.Border.ZERO);
    TensorScope.inference(
        () -> {
          Tensor layer = GoldenModel.whole(patchcore, "layer_a");
          long width = layer.size(3);
          assertArrayEquals(
              Tensors.floats(around.means(layer)),
              Tensors.floats(around.mapped(List.of(layer), width, width)),
              1e-6f);
          return null;
        });
  }

  @Test
  void anEvenNeighbourhoodHasNoMiddle() {
    assertThrows(
        IllegalArgumentException.class, () -> new LocalFeatures(4, LocalFeatures.Border.ZERO));
  }
}
