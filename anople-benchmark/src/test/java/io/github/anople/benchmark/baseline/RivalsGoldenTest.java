package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.ImageScore;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** PaDiM, SPADE and FastRecon against an independent implementation's. */
class RivalsGoldenTest {

  private final Golden padim = Golden.open("scoring/padim.safetensors");
  private final Golden spade = Golden.open("scoring/spade.safetensors");
  private final Golden fastrecon = Golden.open("scoring/fastrecon.safetensors");

  @Test
  void padimMeasuresByTheGaussianAtEachPlace() {
    double epsilon = Double.parseDouble(padim.setting("eps"));
    assertEquals("k-1", padim.setting("divisor"));
    TensorScope.inference(
        () -> {
          Tensor dims = GoldenModel.numbers(padim, "dims");
          Tensor shots = Padim.chosen(GoldenModel.whole(padim, "shots"), dims);
          Tensor queries = Padim.chosen(GoldenModel.whole(padim, "queries"), dims);
          PositionGaussians several = PositionGaussians.of(shots, epsilon);
          padim.check("mean", Tensors.floats(several.mean()));
          padim.check("covariance", Tensors.floats(several.covariance()));
          Tensor map = PositionGaussians.distances(queries, several.mean(), several.whitening());
          padim.check("map", Tensors.floats(map));
          padim.check("max", Tensors.floats(ImageScore.MAX.of(map)));

          PositionGaussians one = PositionGaussians.of(shots.narrow(0, 0, 1), epsilon);
          padim.check(
              "one/map",
              Tensors.floats(PositionGaussians.distances(queries, one.mean(), one.whitening())));
          return null;
        });
  }

  @Test
  void spadeComparesWithTheNearestImagesAndTheirNearestPlaces() {
    long nearest = Long.parseLong(spade.setting("K"));
    long places = Long.parseLong(spade.setting("kappa"));
    TensorScope.inference(
        () -> {
          Tensor queries =
              PatchGrids.joined(
                  List.of(
                      GoldenModel.whole(spade, "query_a"), GoldenModel.whole(spade, "query_b")));
          spade.check("joined", Tensors.floats(queries));
          PyramidGallery gallery =
              new PyramidGallery(
                  GoldenModel.whole(spade, "image_features"),
                  PatchGrids.joined(
                      List.of(
                          GoldenModel.whole(spade, "layer_a"),
                          GoldenModel.whole(spade, "layer_b"))));
          NearestRows near = gallery.nearest(GoldenModel.whole(spade, "image_queries"), nearest);
          GoldenModel.checkNumbers(spade, "near", near.rows());
          check("image_score", near.distances(), false);
          check("image_score_squared", near.distances(), true);
          check("map", gallery.distances(queries, near.rows(), 1), false);
          Tensor several = gallery.distances(queries, near.rows(), places);
          check("map_kappa", several, false);
          check("map_kappa_squared", several, true);
          return null;
        });
  }

  private void check(String name, Tensor distances, boolean squared) {
    spade.check(name, Tensors.floats(PyramidGallery.mean(distances, squared)));
  }

  @Test
  void fastReconTellsPatchesAsCombinationsOfGoodOnes() {
    TensorScope.inference(
        () -> {
          Tensor mean = shots().mean(0); // of each place
          Reconstruction few = reconstruction("rows", mean);
          fastrecon.check("reconstruction", Tensors.floats(few.of(queries())));
          checkMap("", few);
          checkMap("global/", reconstruction("rows", mean.mean(new long[] {0}, true, null)));
          return null;
        });
  }

  /** Where S spans everything, a patch scores its distance to the mean alone. */
  @Test
  void fastReconHoldsWhereThereAreMoreRowsThanDimensions() {
    TensorScope.inference(
        () -> {
          Tensor mean = shots().mean(0);
          Reconstruction many = reconstruction("many/rows", mean);
          checkMap("many/", many);
          double share = many.lambda() / (1 + many.lambda());
          Tensor expected = Operators.lengths(queries().sub(mean)).mul(new Scalar(share));
          assertArrayEquals(
              Tensors.floats(expected), Tensors.floats(many.distances(queries())), 1e-4f);
          return null;
        });
  }

  /** A patch that is seen twice, but for rounding, adds nothing that pictures could be told by. */
  @Test
  void fastReconTakesNearCopiesAsOne() {
    TensorScope.inference(
        () -> {
          Tensor support = Operators.rows(shots().flatten(0, 1), 0, fastrecon.longs("rows"));
          Tensor rounded = support.mul(new Scalar(1 + 1e-7));
          float[] once = Tensors.floats(Reconstruction.projector(support));
          float[] twice =
              Tensors.floats(Reconstruction.projector(Tensors.concat(0, support, rounded)));
          assertArrayEquals(once, twice, 1e-4f);
          return null;
        });
  }

  private void checkMap(String group, Reconstruction words) {
    Tensor map = words.distances(queries());
    fastrecon.check(group + "map", Tensors.floats(map));
    fastrecon.check(group + "max", Tensors.floats(ImageScore.MAX.of(map)));
  }

  private Reconstruction reconstruction(String rows, Tensor mean) {
    Tensor support = Operators.rows(shots().flatten(0, 1), 0, fastrecon.longs(rows));
    double lambda = Double.parseDouble(fastrecon.setting("lambda"));
    return new Reconstruction(Reconstruction.projector(support), mean, lambda);
  }

  private Tensor shots() {
    return GoldenModel.whole(fastrecon, "shots").flatten(1, 2);
  }

  private Tensor queries() {
    return GoldenModel.whole(fastrecon, "queries").flatten(1, 2);
  }

  @Test
  void theCoresetOfFastReconStaysSmallerThanTheDimensions() {
    assertEquals(1, FastRecon.supportRows(4, 96));
    assertEquals(23, FastRecon.supportRows(225, 1536));
    for (long rows = 1; rows < 100_000; rows += 777) {
      assertTrue(FastRecon.supportRows(rows, 768) <= 384);
    }
  }
}
