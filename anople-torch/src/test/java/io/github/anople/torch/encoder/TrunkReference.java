package io.github.anople.torch.encoder;

import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What another implementation made of a picture.
 *
 * @param shape {@code [1, 3, S, S]}
 * @param image RGB in [0, 1]
 * @param blocks {@code [out, side, side]}, by the block's number
 */
public record TrunkReference(long[] shape, float[] image, Map<Integer, float[]> blocks) {

  private static final String BLOCK = "block";

  /** The picture from closed formulas. */
  public static TrunkReference drawn() {
    return read(
        Fixtures.checkout(
            "anople-torch/src/test/resources/patch_trunk/reference_drawn.safetensors"));
  }

  /** A photograph that may not be handed on: absent on most machines. */
  public static Optional<TrunkReference> cookie() {
    return Fixtures.dataSet("patch_trunk/reference_cookie.safetensors").map(TrunkReference::read);
  }

  private static TrunkReference read(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      long[] levels = file.longs("image");
      float[] image = new float[levels.length];
      for (int i = 0; i < image.length; i++) {
        image[i] = levels[i] / 255f;
      }
      Map<Integer, float[]> blocks = new TreeMap<>();
      for (String name : file.names()) {
        if (name.startsWith(BLOCK)) {
          blocks.put(Integer.valueOf(name.substring(BLOCK.length())), file.floats(name));
        }
      }
      long side = file.info("image").shape().get(1);
      return new TrunkReference(new long[] {1, 3, side, side}, image, blocks);
    }
  }

  /** S. */
  public int side() {
    return Math.toIntExact(shape[2]);
  }
}
