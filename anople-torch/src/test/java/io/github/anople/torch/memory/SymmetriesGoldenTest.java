package io.github.anople.torch.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.Golden;
import io.github.anople.torch.encoder.dino.DinoModel;
import io.github.anople.torch.encoder.dino.GoldenDino;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SymmetriesGoldenTest {

  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private final Golden golden = Golden.open("scoring/symmetries.safetensors");
  private DinoModel model;

  @BeforeEach
  void load() {
    model = GoldenDino.load(GoldenDino.of(golden.setting("model")).hub());
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void pixelsAreTurnedCounterClockwiseAndMirroredFirst() {
    TensorScope.run(
        () -> {
          Tensor shot = levels("shots").select(0, 0);
          assertLevels("turned", Symmetries.of(shot, 1));
          assertLevels("mirrored", Symmetries.of(shot, 6));
          assertArrayEquals(Tensors.floats(shot), Tensors.floats(Symmetries.of(shot, 0)));
          assertThrows(IllegalArgumentException.class, () -> Symmetries.of(shot, 8));
          assertThrows(IllegalArgumentException.class, () -> Symmetries.of(shot, -1));
        });
  }

  @Test
  void aMemoryOfTheEightSymmetriesKnowsATurnedShot() {
    TensorScope.inference(
        () -> {
          Tensor shots = GoldenDino.pixels(golden, "shots");
          TensorVector views = new TensorVector();
          for (int symmetry = 0; symmetry < Symmetries.COUNT; symmetry++) {
            views.push_back(rows(Symmetries.of(shots, symmetry)));
          }
          Tensor memory = torch.stack(views, 1); // [shots, 8, n, width]
          golden.check("memory", Tensors.floats(memory));
          Tensor queries = rows(GoldenDino.pixels(golden, "queries"));
          golden.check("query_rows", Tensors.floats(queries));
          checkMap("8", memory.flatten(0, 2), queries);
          checkMap("1", memory.select(1, 0).flatten(0, 1), queries);
          return null;
        });
  }

  private void checkMap(String suffix, Tensor memory, Tensor queries) {
    try (OwnedTensors owner = new OwnedTensors()) {
      Tensor distances = new MemoryBank(memory, owner).distances(queries);
      golden.check("map_" + suffix, Tensors.floats(distances));
    }
    Tensor nearest = queries.flatten(0, 1).matmul(memory.t()).max(1).get1();
    long[] expected = golden.longs("index_" + suffix);
    float[] actual = Tensors.floats(nearest);
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], (long) actual[i], "index_" + suffix + "[" + i + "]");
    }
  }

  /** The last layer through the last normalisation, rows of unit length. */
  private Tensor rows(Tensor images) {
    Tensor normalized =
        images.sub(Tensors.of(MEAN, 1, 3, 1, 1)).div(Tensors.of(DEVIATION, 1, 3, 1, 1));
    int patch = model.config().patch();
    Tensor positions = model.positions((int) images.size(2) / patch, (int) images.size(3) / patch);
    int last = model.config().layers();
    Map<Integer, Tensor> seen = model.run(model.embed(normalized, positions), Set.of(last));
    return Tensors.normalize(model.norm(model.patches(seen.get(last))));
  }

  private Tensor levels(String name) {
    return GoldenDino.pixels(golden, name).mul(new Scalar(255f)).round();
  }

  private void assertLevels(String name, Tensor actual) {
    assertArrayEquals(golden.shape(name), Tensors.shape(actual));
    float[] values = Tensors.floats(actual);
    long[] expected = golden.longs(name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], (long) values[i], name + "[" + i + "]");
    }
  }
}
