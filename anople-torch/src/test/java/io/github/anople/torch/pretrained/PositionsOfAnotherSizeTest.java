package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration asks for another image size than the weights were trained at. */
@Timeout(60)
class PositionsOfAnotherSizeTest {

  private static final String POSITIONS = "visual.positional_embedding";

  @TempDir Path temporary;

  /** Compared with weights that hold the interpolated ones. */
  @ParameterizedTest
  @ValueSource(ints = {32, 48, 80, 128, 240})
  void positionsAreInterpolatedAsOpenClipDoes(int size) throws IOException {
    TinyCheckpoint asked = at(size, "asked");
    TinyCheckpoint stored =
        at(size, "stored")
            .tensors(
                tensors ->
                    tensors.computeIfPresent(POSITIONS, (name, old) -> resized(old, size / 16)));
    assertEquals(List.of(), OpenClipWeights.open(stored.folder()).notes());

    List<String> notes = OpenClipWeights.open(asked.folder()).notes();

    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("4 x 4 patches (64 px)"), notes.get(0));
    assertTrue(notes.get(0).contains(size + " px"), notes.get(0));
    assertArrayEquals(stored.features(), asked.features(), 1e-5f);
  }

  @Test
  void soTheyAreInAFolderOfTransformers() throws IOException {
    TransformersCheckpoint other = TransformersCheckpoint.in(temporary.resolve("other"));
    other.config(root -> root.withObject("/vision_config").put("image_size", 96));

    assertEquals(1, OpenClipWeights.open(other.folder()).notes().size());
    assertArrayEquals(at(96, "asked").features(), other.features());
  }

  @Test
  void positionsThatAreOfNoSquareAreRefused() throws IOException {
    at(64, "odd")
        .tensors(
            tensors ->
                tensors.computeIfPresent(
                    POSITIONS,
                    (name, old) -> TensorSource.of(name, List.of(13L, 48L), new float[13 * 48])))
        .refused(POSITIONS, "[13, 48]", "[17, 48]");
  }

  private TinyCheckpoint at(int size, String name) throws IOException {
    return TinyCheckpoint.in(temporary.resolve(name))
        .model(model -> model.withObject("/vision_cfg").put("image_size", size));
  }

  /** {@code [1 + g², width]} to {@code [1 + n², width]}, number by number. */
  private static TensorSource resized(TensorSource old, int wanted) {
    float[] values = TinyCheckpoint.floats(old);
    int width = Math.toIntExact(old.shape().get(1));
    int stored = (int) Math.sqrt((double) old.shape().get(0) - 1);
    float[] result = new float[(1 + wanted * wanted) * width];
    System.arraycopy(values, 0, result, 0, width);
    for (int y = 0; y < wanted; y++) {
      for (int x = 0; x < wanted; x++) {
        for (int i = 0; i < width; i++) {
          double sum = 0;
          double weights = 0;
          for (int v = 0; v < stored; v++) {
            for (int u = 0; u < stored; u++) {
              double weight = weight(y, v, stored, wanted) * weight(x, u, stored, wanted);
              weights += weight;
              sum += weight * values[(1 + v * stored + u) * width + i];
            }
          }
          result[(1 + y * wanted + x) * width + i] = (float) (sum / weights);
        }
      }
    }
    return TensorSource.of(old.name(), List.of(1L + (long) wanted * wanted, (long) width), result);
  }

  /** Keys' cubic of slope −½ between cell centres, stretched where the grid shrinks. */
  private static double weight(int to, int from, int stored, int wanted) {
    double scale = (double) stored / wanted;
    double t = Math.abs((from + 0.5) - (to + 0.5) * scale) / Math.max(1, scale);
    if (t >= 2) {
      return 0;
    }
    return t < 1
        ? 1.5 * Math.pow(t, 3) - 2.5 * t * t + 1
        : -0.5 * Math.pow(t, 3) + 2.5 * t * t - 4 * t + 2;
  }
}
